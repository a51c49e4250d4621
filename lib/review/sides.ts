import type { Model, ModelResource, ModelStack } from '../model/model';
import type { PlanChange } from '../model/plan';

/** Models of the resources before and after the plans. */
export interface Sides {
  readonly before: Model;
  readonly after: Model;
}

/** The two sides of plans. A resource that was moved has its new address on both sides, so that a move changes nothing. */
export function sidesOf(plans: Model): Sides {
  return {
    before: { stacks: plans.stacks.map((stack) => sideOf(stack, 'before')) },
    after: { stacks: plans.stacks.map((stack) => sideOf(stack, 'after')) },
  };
}

function sideOf(stack: ModelStack, side: 'before' | 'after'): ModelStack {
  const changes = (stack.plan?.changes ?? []).filter(({ deposed }) => deposed === undefined);
  const known = new Map(stack.resources.map((resource) => [resource.address, resource]));
  const changed = new Set(changes.map(({ address }) => address));
  return {
    ...stack,
    resources: [
      ...changes.flatMap((change) => resourceOf(stack, change, known.get(change.address), side)),
      // A resource without an entry has no change.
      ...stack.resources.filter(({ address }) => !changed.has(address)),
    ],
  };
}

function resourceOf(
  stack: ModelStack,
  change: PlanChange,
  known: ModelResource | undefined,
  side: 'before' | 'after',
): ModelResource[] {
  // A resource that Terraform forgets exists after the apply, without management.
  const isForgotten = change.actions.includes('forget') && change.after === undefined;
  const values = side === 'before' || isForgotten ? change.before : change.after;
  if (values === undefined) return [];
  if (side === 'after' && known !== undefined) return [known];
  return [
    {
      ...(known ?? {
        stack: stack.name,
        address: change.address,
        mode: change.mode,
        type: change.type,
        name: change.name,
        provider: { name: change.type.split('_')[0] ?? '', source: '' },
        filled: [],
        stackTrace: [],
        facts: { acknowledged: {}, comment: {} },
        dependsOn: [],
        lifecycle: {},
        provisioners: [],
      }),
      values,
      sensitive: side === 'before' ? change.beforeSensitive : change.afterSensitive,
    },
  ];
}
