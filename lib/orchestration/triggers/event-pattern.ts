import { isObject } from '../../core/is-object';
import { jsonTokens } from '../../core/json-tokens';
import { all, rule, type Rule } from '../../core/rules';

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
const LONGEST = 2_048;

/** An event pattern of EventBridge, with the accepted values of at least one field. */
export const eventPattern: Rule = all(
  rule(
    'be an event pattern: an object of fields and lists of values',
    (value) => isObject(value) && isPattern(value),
    () => 'Write each value as a list: { source: ["my.app"] }.',
  ),
  rule(
    'have at least one field, because an empty pattern matches every event',
    (value) => Object.keys(value as object).length > 0,
    () => 'Set at least source.',
  ),
  jsonTokens,
  rule(`have at most ${LONGEST} characters`, (value) => JSON.stringify(value).length <= LONGEST),
);

function isPattern(value: object): boolean {
  return Object.entries(value).every(([name, each]) => {
    if (Array.isArray(each)) return each.length > 0;
    return name !== '$or' && isObject(each) && isPattern(each);
  });
}
