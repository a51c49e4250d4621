import type { IConstruct } from 'constructs';

/**
 * Who the app lets ask Vertex AI for predictions, by project: what an alert on everybody else is made of. Kept with
 * the app, since those who give access and the audit trail may be in different stacks.
 */
export class KnownCallers {
  private static readonly apps = new WeakMap<IConstruct, KnownCallers>();

  /** @param construct any construct of the app */
  public static of(construct: IConstruct): KnownCallers {
    const app = construct.node.root;
    let callers = KnownCallers.apps.get(app);
    if (!callers) KnownCallers.apps.set(app, (callers = new KnownCallers()));
    return callers;
  }

  private readonly byProject = new Map<string, Set<string>>();

  /** @param members IAM members that may predict in the project */
  public add(projectId: string, members: readonly string[]): void {
    const known = this.byProject.get(projectId) ?? new Set();
    for (const member of members) known.add(member);
    this.byProject.set(projectId, known);
  }

  /** IAM members that may predict in the project, sorted. */
  public in(projectId: string): string[] {
    return [...(this.byProject.get(projectId) ?? [])].sort();
  }
}
