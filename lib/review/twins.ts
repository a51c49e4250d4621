import type { ModelStack } from '../model/model';
import type { PlanChange } from '../model/plan';
import { valuesAt } from '../model/values/paths';
import { isComputed } from '../model/values/value';
import { masked } from './masked';
import { HASH, movedConstruct } from './old-path';

/** Arguments that name a thing, the strongest first. */
const NAMES = [
  'name',
  'metadata.name',
  'bucket',
  'account_id',
  'function_name',
  'role_id',
  'secret_id',
  'queue_name',
  'workload_identity_pool_provider_id',
  'workload_identity_pool_id',
  'member',
  'members',
  'policy_arn',
];

/** Arguments that must not differ: the same name in another place is another thing. */
const PLACES = [
  ...NAMES,
  'cluster',
  'dataset_id',
  'key_ring',
  'location',
  'metadata.namespace',
  'namespace',
  'parent',
  'project',
  'region',
  'repository',
  'role',
  'service_account_id',
  'zone',
];

interface Creation {
  readonly stack: ModelStack;
  readonly change: PlanChange;
}

/** Things that plans delete under one address and create under another one. */
export class Twins {
  private readonly created = new Map<string, Creation[]>();

  /** @param stacks all stacks of a review, because a thing can move to another stack */
  constructor(stacks: readonly ModelStack[]) {
    for (const stack of stacks) {
      for (const change of stack.plan?.changes ?? []) {
        const key = change.actions.includes('create') && isWhole(change) ? keyOf(change, 'after') : undefined;
        if (key !== undefined) this.created.set(key, [...(this.created.get(key) ?? []), { stack, change }]);
      }
    }
  }

  /** Sentences that tell how to keep a thing that a change deletes; empty if no plan creates it. */
  public notes({ name: stack }: ModelStack, change: PlanChange): readonly string[] {
    const key = change.actions.includes('delete') && isWhole(change) ? keyOf(change, 'before') : undefined;
    const found = (key === undefined ? [] : (this.created.get(key) ?? [])).filter((each) =>
      isSame(change, each.change),
    );
    const twin = found.find((each) => each.stack.name === stack) ?? found[0];
    if (twin === undefined) return [];
    const { address } = twin.change;
    if (twin.stack.name !== stack) {
      return [
        `The stack ${twin.stack.name} creates the same thing: ${masked(address)}. To keep it, move its state with terraform state mv before the apply.`,
      ];
    }
    return [`${masked(address)} creates the same thing. To keep it, ${remedy(change, twin)}.`];
  }
}

const isWhole = ({ mode, replacement, deposed }: PlanChange) =>
  mode === 'managed' && replacement === undefined && deposed === undefined;

function remedy({ address, name }: PlanChange, { stack, change }: Creation): string {
  const path = stack.resources.find((each) => each.address === change.address)?.constructPath;
  if (path === undefined) {
    const block = `write a moved block from ${masked(address)} to ${masked(change.address)}`;
    return HASH.test(name)
      ? `call movedFrom(construct, OLD_PATH), whose paths --synthesized adds to the review, or ${block}`
      : block;
  }
  const moved = movedConstruct(path, name);
  return moved === undefined
    ? `call movedFrom(construct, OLD_PATH) for the construct of ${masked(path)} that has another path`
    : `call movedFrom(construct, '${masked(moved.oldPath)}') for the construct ${masked(moved.path)}`;
}

function keyOf(change: PlanChange, side: 'after' | 'before'): string | undefined {
  const name = NAMES.find((path) => textAt(change, side, path) !== undefined);
  return name === undefined ? undefined : `${change.type} ${textAt(change, side, name) ?? ''}`;
}

function isSame(deleted: PlanChange, created: PlanChange): boolean {
  return PLACES.every((path) => {
    const [old, now] = [textAt(deleted, 'before', path), textAt(created, 'after', path)];
    return old === undefined || now === undefined || old === now;
  });
}

function textAt(change: PlanChange, side: 'after' | 'before', path: string): string | undefined {
  const values = valuesAt(change[side], path);
  return values.length === 0 || values.some((value) => isComputed(value) || typeof value === 'object')
    ? undefined
    : JSON.stringify(values);
}
