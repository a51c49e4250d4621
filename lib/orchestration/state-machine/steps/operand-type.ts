import type { State } from '../asl/states';
import type { StepCondition } from './condition';

/** Path of what a gate decides by. */
export const DECISION_VALUE = '$.decision.value';

/** Tests of a type, by the first word of the comparisons that ask for it. */
const TYPES = {
  Numeric: 'IsNumeric',
  String: 'IsString',
  Boolean: 'IsBoolean',
  Timestamp: 'IsTimestamp',
} as const;

/** Names of the tests that a value of the right type passes: one for each type that a condition compares it with. */
export function operandTypes(condition: StepCondition): string[] {
  return [...new Set(typesIn(condition.toState()))];
}

function typesIn(expression: State): string[] {
  const nested = [expression.And, expression.Or, expression.Not].flat().filter((each) => each !== undefined);
  if (nested.length > 0) return nested.flatMap((each) => typesIn(each as State));
  if (expression.Variable !== DECISION_VALUE) return [];
  return Object.keys(expression).flatMap((comparison) =>
    Object.entries(TYPES).flatMap(([word, test]) => (comparison.startsWith(word) ? [test] : [])),
  );
}
