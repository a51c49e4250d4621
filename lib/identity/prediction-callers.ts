import type { IConstruct } from 'constructs';
import { oncePer } from '../core/registry';

/**
 * Identities that the app allows to request predictions of Vertex AI, by project. The audit trail raises an alert
 * on other callers. Stored on the app, because grants and the audit trail can be in different stacks.
 */
export class PredictionCallers {
  /** @param construct any construct of the app */
  public static of(construct: IConstruct): PredictionCallers {
    return oncePer(construct.node.root, 'prediction-callers', () => new PredictionCallers());
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
