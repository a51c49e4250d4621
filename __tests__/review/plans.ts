import { readPlan, type Model } from '../../lib/model';
import { reviewPlans } from '../../lib/review';
import type { Review } from '../../lib/review';

/** One change of a plan, as `terraform show -json` prints it. */
export interface Change {
  readonly type: string;
  readonly name?: string;
  readonly address?: string;
  readonly previous?: string;
  readonly actions?: readonly string[];
  readonly before?: object | null;
  readonly after?: object | null;
  readonly unknown?: object;
  readonly sensitive?: object;
  readonly more?: object;
  readonly change?: object;
}

function actionsOf({ actions, before, after }: Change): readonly string[] {
  if (actions) return actions;
  if (!before) return ['create'];
  if (!after) return ['delete'];
  return JSON.stringify(before) === JSON.stringify(after) ? ['no-op'] : ['update'];
}

/** A plan with these changes. */
export function planOf(changes: readonly Change[], more: object = {}): object {
  const entries = changes.map((each) => {
    const {
      type,
      name = 'x',
      address = `${type}.${name}`,
      previous,
      before = null,
      after = null,
      unknown = {},
      sensitive = {},
    } = each;
    return {
      address,
      ...(previous !== undefined && { previous_address: previous }),
      mode: 'managed',
      type,
      name,
      provider_name: `registry.terraform.io/hashicorp/${type.split('_')[0]!}`,
      change: {
        actions: actionsOf(each),
        before,
        after,
        after_unknown: unknown,
        before_sensitive: sensitive,
        after_sensitive: sensitive,
        ...each.change,
      },
      ...each.more,
    };
  });
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: {
      root_module: {
        resources: entries
          .filter(({ change }) => change.after !== null)
          .map(({ address, mode, type, name, provider_name, change }) => ({
            address,
            mode,
            type,
            name,
            provider_name,
            values: change.after,
          })),
      },
    },
    resource_changes: entries,
    ...more,
  };
}

/** Model of one plan. */
export function modelOf(plan: object, name = 'prod'): Model {
  return { stacks: [readPlan(plan, { name })] };
}

/** Review of a plan with these changes. */
export function reviewOf(changes: readonly Change[], more: object = {}): Review {
  return reviewPlans(modelOf(planOf(changes, more)), { rules: [] });
}

/** Verdicts of the review of a plan with these changes. */
export function verdicts(changes: readonly Change[]): string[] {
  return reviewOf(changes).access.map(({ verdict }) => verdict);
}

export const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
