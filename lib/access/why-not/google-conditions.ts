import { decide } from '../decide/decide';
import type { AccessNode } from '../graph/node';
import { at, type LinkContext } from './context';
import type { GoogleStatement } from './google-statements';
import type { Rejection } from './link';

/** Rejections of the conditions of a grant that no request for the target satisfies now. */
export function conditionRejections(
  { resource, conditions, conditionPath }: GoogleStatement,
  target: AccessNode,
  { now }: LinkContext,
): readonly Rejection[] {
  return conditions
    .filter((condition) => !canBeTrue([condition, ...requestOf(target, now)]))
    .map((condition) => ({
      stage: 'condition',
      cause: `No request for ${target.label} satisfies the condition of ${resource.address}: ${condition}`,
      ...at(resource),
      change: { kind: 'remove', ...at(resource), path: conditionPath },
      cost: 1,
    }));
}

/** Whether a request satisfies all conditions. What is not decided can be true. */
function canBeTrue(conditions: readonly string[]): boolean {
  const all = conditions.map((each) => `(${each})`).join(' && ');
  return decide('gcp-condition', all, 'false').relation !== 'within';
}

/** Conditions that each request for the target satisfies. */
function requestOf({ names }: AccessNode, now: Date): readonly string[] {
  const [bucket] = names.flatMap((name) => /^storage_bucket:([a-z0-9._-]+)$/.exec(name)?.[1] ?? []);
  const path = `projects/_/buckets/${bucket ?? ''}`;
  return [
    `request.time == timestamp("${now.toISOString()}")`,
    ...(bucket === undefined ? [] : [`resource.name == "${path}" || resource.name.startsWith("${path}/")`]),
  ];
}
