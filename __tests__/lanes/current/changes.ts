import { changesIn, type Plan } from '../terraform/plan';

type Values = Readonly<Record<string, unknown>>;

/**
 * Changes of a plan, each with its path and values. An attribute that was empty and is known after the apply is no
 * change: newer providers have more computed attributes. The real ones read them before the plan, the lab does not.
 */
export function changesOf(plan: Plan): string[] {
  return changesIn(plan).flatMap(({ address, change }) => {
    const { actions, before, after, after_unknown } = change as typeof change & { after_unknown?: unknown };
    if (actions.join() === 'no-op') return [];
    if (actions.join() !== 'update') return [`${actions.join(' and ')} ${address}`];
    return differences(address, before, after, after_unknown);
  });
}

function differences(path: string, before: unknown, after: unknown, unknown: unknown): string[] {
  if (unknown === true && isEmpty(before)) return [];
  if (!isObject(before) || !isObject(after)) {
    const isSame = before === after || (isEmpty(before) && isEmpty(after));
    return isSame && unknown !== true
      ? []
      : [`${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`];
  }
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    differences(`${path}.${name}`, before[name], after[name], isObject(unknown) ? unknown[name] : unknown),
  );
}

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;
const isEmpty = (value: unknown) =>
  value === null || value === undefined || (isObject(value) && Object.keys(value).length === 0);
