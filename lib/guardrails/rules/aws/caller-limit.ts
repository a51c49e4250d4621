import { isBroad } from '../../../core/cidr';
import type { CheckedValue } from '../../checked-value';
import { every, fail, pass, type Verdict } from '../../verdict';
import type { Condition } from './policy';

/** Whether a condition key, in lower case, limits the callers. */
export type NamesCaller = (key: string) => boolean;

/** Operators of a permission that hold for requests with one of the values alone. */
export const ONLY =
  /^(?:ForAnyValue:)?(?:String(?:Equals|EqualsIgnoreCase|Like)|Arn(?:Equals|Like)|IpAddress|Bool)$/;

/** Operators of a denial that hold for every request but some. They hold for a request without the key too. */
export const ALL_BUT = /^(?:NotIpAddress|(?:String|Arn)Not(?:Equals|Like|EqualsIgnoreCase))(?:IfExists)?$/;

/** Operators that read `*` and `?` as wildcards. ArnEquals is the same as ArnLike. */
const WITH_WILDCARDS = /Like|Arn/;

/** A policy variable with a fact about the caller, which each caller meets. One about the resource is a limit. */
const OF_CALLER = /\$\{aws:(?!resource)/i;

/**
 * Pass if a condition limits the callers, fail if its operator, its key or one of its values does not, `unknown` if
 * only Terraform knows a value that can be a wildcard or a range.
 *
 * @param operators the operators that count
 */
export function limits(condition: Condition, operators: RegExp, namesCaller: NamesCaller): Verdict {
  const { operator, key, values } = condition;
  if (!operators.test(operator) || !namesCaller(key)) return fail('The condition is about something else.');
  return every(...values.map((value) => isLimit(value, operator, key)));
}

function isLimit(value: CheckedValue, operator: string, key: string): Verdict {
  const { text, outline } = value;
  const isEveryCaller =
    OF_CALLER.test(text) ||
    (operator.endsWith('Bool') && text === 'false') ||
    (operator.includes('IpAddress') && isBroad(text)) ||
    (WITH_WILDCARDS.test(operator) && isWide(outline, key));
  if (isEveryCaller) return fail('The value is that of callers of every account.');
  const isExact = operator.includes('Equals') && !WITH_WILDCARDS.test(operator);
  return value.isOpen && !isExact ? value.unknown() : pass;
}

/** Whether a pattern matches callers of any account: its wildcard stands before what names the account. */
function isWide(pattern: string, key: string): boolean {
  if (pattern.startsWith('arn:')) {
    const [, , , , account = '', resource = ''] = pattern.split(':');
    return /[*?]/.test(account) || (account === '' && !/^[^*?]/.test(resource));
  }
  const [literal = ''] = pattern.split(/[*?]/);
  if (literal === pattern) return false;
  if (key === 'aws:principalorgpaths') return !literal.includes('/');
  return literal === '' || /^(arn|o-|vpce?-)$/.test(literal);
}
