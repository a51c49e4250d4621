import type { Subject } from '../../subject';
import { all, fail, pass, type Verdict } from '../../verdict';
import { allowsOf, isUnknown, type Statement } from './policy';

/** Operators that hold for a request without the key, or for every request but some. */
const OPEN = /IfExists$|^ForAllValues:|Not/;

/**
 * Verdicts for the statements of a policy that allow the principal "*": a condition must name the caller.
 *
 * @param namesCaller whether a condition key, in lower case, limits the callers
 */
export function limitedForEveryAccount(
  resource: Subject,
  property: string,
  namesCaller: (key: string) => boolean,
): Verdict | readonly Verdict[] {
  const statements = allowsOf(resource, property);
  if (isUnknown(statements)) return statements;
  return all(
    ...statements.filter(allowsEveryAccount).map(({ subject, conditions }) =>
      conditions.some(({ operator, key }) => namesCaller(key) && !OPEN.test(operator))
        ? pass
        : fail(`The ${property === 'assume_role_policy' ? 'trust' : 'policy'} names no caller.`, {
            property: subject.self.property,
          }),
    ),
  );
}

function allowsEveryAccount({ principals }: Statement): boolean {
  return principals.some(({ kind, value }) => kind === 'AWS' && value.text === '*');
}
