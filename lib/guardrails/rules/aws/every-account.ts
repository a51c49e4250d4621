import type { CheckedValue } from '../../checked-value';
import type { Subject } from '../../subject';
import { all, fail, pass, type Verdict } from '../../verdict';
import { covers, isUnknown, statementsOf, type Condition, type Statement } from './policy';

/** Operators that hold for a request without the key, or for every request but some. */
const OPEN = /IfExists$|^ForAllValues:|Not/;

/** Operators of a denial that hold for every request but some. They hold for a request without the key too. */
const ALL_BUT = /^(?:NotIpAddress|(?:String|Arn)Not(?:Equals|Like|EqualsIgnoreCase))(?:IfExists)?$/;

/**
 * Verdicts for the statements of a policy that allow the principal "*": a condition must name the caller, or a denial
 * of all other callers.
 *
 * @param namesCaller whether a condition key, in lower case, limits the callers
 */
export function limitedForEveryAccount(
  resource: Subject,
  property: string,
  namesCaller: (key: string) => boolean,
): Verdict | readonly Verdict[] {
  const statements = statementsOf(resource, property);
  if (isUnknown(statements)) return statements;
  const limits = statements.filter(
    ({ allows, conditions: [condition, ...others] }) =>
      !allows && condition !== undefined && others.length === 0 && deniesOthers(condition, namesCaller),
  );
  return all(
    ...statements
      .filter(({ allows }) => allows)
      .filter(concernsEveryAccount)
      .map((statement) =>
        statement.conditions.some(({ operator, key }) => namesCaller(key) && !OPEN.test(operator)) ||
        limits.some((denial) => concernsEveryAccount(denial) && isWithin(statement, denial))
          ? pass
          : fail(`The ${property === 'assume_role_policy' ? 'trust' : 'policy'} names no caller.`, {
              property: statement.subject.self.property,
            }),
      ),
  );
}

function concernsEveryAccount({ principals }: Statement): boolean {
  return principals.some(({ kind, value }) => kind === 'AWS' && value.text === '*');
}

function deniesOthers({ operator, key }: Condition, namesCaller: (key: string) => boolean): boolean {
  return namesCaller(key) && ALL_BUT.test(operator);
}

/** Whether a denial is for all actions and resources of a statement, as far as their patterns show it. */
function isWithin(allowed: Statement, denial: Statement): boolean {
  const isCovered = (own: readonly CheckedValue[], others: readonly CheckedValue[]) =>
    own.every(({ text }) => others.some((other) => covers(other.text, text)));
  return (
    [allowed, denial].every(
      ({ notActions, notResources }) => [...notActions, ...notResources].length === 0,
    ) &&
    isCovered(allowed.actions, denial.actions) &&
    isCovered(allowed.resources, denial.resources)
  );
}
