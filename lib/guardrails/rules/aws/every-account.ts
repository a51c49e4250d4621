import type { CheckedValue } from '../../checked-value';
import type { Subject } from '../../subject';
import { all, any, every, fail, isUnknown, when, type Verdict } from '../../verdict';
import { ALL_BUT, limits, ONLY, type NamesCaller } from './caller-limit';
import { covers, has, statementsOf, type Principal, type Statement } from './policy';

/**
 * Verdicts for the statements of a policy that allow the principal "*": a condition must name the caller, or a denial
 * of all other callers.
 *
 * @param namesCaller whether a condition key, in lower case, limits the callers
 */
export function limitedForEveryAccount(
  resource: Subject,
  property: string,
  namesCaller: NamesCaller,
): Verdict | readonly Verdict[] {
  const statements = statementsOf(resource, property);
  if (isUnknown(statements)) return statements;
  return all(
    ...statements.flatMap((statement) => {
      const { subject, conditions, unknownConditions } = statement;
      const isOpen = every(statement.allows, concernsEveryAccount(statement));
      if (isOpen.verdict === 'fail') return [];
      return when(
        isOpen,
        any(
          fail(`The ${property === 'assume_role_policy' ? 'trust' : 'policy'} names no caller.`, {
            property: subject.self.property,
          }),
          ...conditions.map((condition) => limits(condition, ONLY, namesCaller)),
          ...unknownConditions,
          ...statements.map((other) => deniesOthers(other, statement, namesCaller)),
        ),
      );
    }),
  );
}

const isEveryAccount = ({ kind, value }: Principal): Verdict =>
  kind === 'AWS' ? value.is('*') : fail('A principal of another kind.');

function concernsEveryAccount({ principals }: Statement): Verdict {
  return any(fail('No principal.'), ...principals.map(isEveryAccount));
}

/** Whether a statement denies what another one allows, to all callers or to all but some. */
function deniesOthers(denial: Statement, allowed: Statement, namesCaller: NamesCaller): Verdict {
  const { subject, conditions, unknownConditions } = denial;
  const isLimit =
    conditions.length > 1
      ? fail('The denial has several conditions, and counts where all of them hold.')
      : every(
          ...conditions.map((condition) => limits(condition, ALL_BUT, namesCaller)),
          ...unknownConditions,
        );
  return every(
    subject.value('Effect').is('Deny'),
    concernsEveryAccount(denial),
    isLimit,
    isWithin(allowed, denial),
  );
}

/** Whether a denial is for all actions and resources of a statement, as far as their patterns show it. */
function isWithin(allowed: Statement, denial: Statement): Verdict {
  const exceptions = [allowed, denial].flatMap(({ notActions, notResources }) => [notActions, notResources]);
  return every(
    ...exceptions.flatMap((list) => when(has(list), fail('A list of exceptions is not compared.'))),
    ...areCovered(allowed.actions, denial.actions),
    ...areCovered(allowed.resources, denial.resources),
  );
}

function areCovered(values: readonly CheckedValue[], patterns: readonly CheckedValue[]): readonly Verdict[] {
  return values.map((value) => {
    const otherwise = value.isOpen ? value.unknown() : fail('The denial is for others.');
    return any(otherwise, ...patterns.map((each) => each.meets((pattern) => covers(pattern, value.text))));
  });
}
