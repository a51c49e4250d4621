import { evaluateConditions, type RequestContext } from '../decide/aws/evaluate-conditions';
import type { AwsStatement } from '../edges/aws-statement';
import { allTexts } from '../edges/reader';
import { isModelObject } from '../../model/values/value';

/** A key of a condition that a request does not satisfy. */
export interface FailedKey {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
}

/**
 * Keys of the condition of a statement that a request does not satisfy. A key that the request does not set can be
 * satisfied.
 */
export function failedKeys(
  { condition = {} }: AwsStatement,
  context: Readonly<Record<string, string>>,
): readonly FailedKey[] {
  const request: RequestContext = new Map(
    Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value]]),
  );
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(isModelObject(keys) ? keys : {}).flatMap(([key, value = null]) => {
      if (!request.has(key.toLowerCase())) return [];
      const wanted = allTexts(value);
      const result = evaluateConditions({ [operator]: { [key]: wanted } }, request, undefined);
      const isOpen = wanted.some((each) => each.includes('${'));
      return result === false && !isOpen ? [{ operator, key, wanted }] : [];
    }),
  );
}
