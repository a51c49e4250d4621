import { fieldsRead } from '../fields-read';
import { COMPARISON_PATH } from '../language/state-fields';
import type { State } from '../asl/states';

/**
 * Fields that a rule of a Choice compares without a check of their presence. Step Functions evaluates the rules of `And`
 * and `Or` in order, so that `IsPresent` protects the rules after it.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 *
 * @param known fields that are present
 */
export function unprotectedFields(rule: State, known: ReadonlySet<string>): string[] {
  const { And, Or, Not } = rule;
  if (Not !== undefined) return unprotectedFields(Not as State, known);
  const rules = (And ?? Or) as readonly State[] | undefined;
  if (rules === undefined) return fieldsOf(rule).filter((each) => !known.has(each));
  const present = new Set(known);
  return rules.flatMap((each) => {
    const found = unprotectedFields(each, present);
    for (const one of [...found, ...presentAfter(each, And !== undefined)]) present.add(one);
    return found;
  });
}

/** Fields that are present after a rule with this outcome. */
export function presentAfter(rule: State, outcome: boolean): string[] {
  const { And, Or, Not, Variable, IsPresent } = rule;
  if (Not !== undefined) return presentAfter(Not as State, !outcome);
  // Every rule of a true `And` is true, and every rule of a false `Or` is false.
  const rules = (outcome ? And : Or) as readonly State[] | undefined;
  if (rules !== undefined) return rules.flatMap((each) => presentAfter(each, outcome));
  if (IsPresent === outcome) return fieldsRead({ 'x.$': Variable });
  return [];
}

/** Fields of a comparison. `IsPresent` accepts an absent field. */
function fieldsOf(rule: State): string[] {
  if (rule.IsPresent !== undefined) return [];
  const paths = Object.entries(rule).filter(([key]) => key === 'Variable' || COMPARISON_PATH.test(key));
  return paths.flatMap(([, path]) => fieldsRead({ 'x.$': path }));
}
