import { dependable, TerraformStack, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { oncePer } from '../../core/registry';

/**
 * Grants of the app by IAM member or ARN of an AWS role, whichever construct makes them. Pods wait for the grants of their identity: without a
 * role, their first requests fail.
 */
export class MemberGrants {
  /** @param construct any construct of the app */
  public static of(construct: IConstruct): MemberGrants {
    return oncePer(construct.node.root, 'member-grants', () => new MemberGrants());
  }

  private readonly grants = new Map<string, TerraformResource[]>();
  private readonly waiting = new Map<string, TerraformResource[]>();

  /** Adds a grant. Resources that wait for the member wait for the grant too. */
  public add(member: string, grant: TerraformResource): void {
    listOf(this.grants, member).push(grant);
    for (const waiter of this.waiting.get(member) ?? []) order(waiter, grant);
  }

  /** Grants of these members until now. */
  public grantsOf(members: readonly string[]): TerraformResource[] {
    return members.flatMap((member) => this.grants.get(member) ?? []);
  }

  /** The resource waits for the grants of these members that are made from now on. */
  public awaitLater(members: readonly string[], waiter: TerraformResource): void {
    for (const member of members) listOf(this.waiting, member).push(waiter);
  }
}

function listOf<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** Whether a resource of one stack can wait for a resource of another: two stacks cannot wait for each other. */
export function canAwait(waiter: IConstruct, awaited: IConstruct): boolean {
  return !TerraformStack.of(awaited).dependsOn(TerraformStack.of(waiter));
}

function order(waiter: TerraformResource, grant: TerraformResource): void {
  const stack = TerraformStack.of(waiter);
  if (TerraformStack.of(grant) !== stack) {
    if (canAwait(waiter, grant)) stack.addDependency(TerraformStack.of(grant));
    return;
  }
  waiter.dependsOn = [...(waiter.dependsOn ?? []), dependable(grant)];
}
