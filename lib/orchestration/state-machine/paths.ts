import { isObject } from '../../core/is-object';
import { all, record, string, rule, type Rule } from '../../core/rules';
import { jsonTokens } from '../../core/json-tokens';
import { isInputReference } from './language/json-path';
import { checkExpression, checkTemplate } from './language/payload-template';

/** A path into the input, the context object or a variable, or an intrinsic function. */
export const path: Rule = string(checkExpression);

/** Place of a result: a path of names and indexes. */
export const referencePath: Rule = string(
  rule('be a reference path to one field, for example "$.extract"', (value) =>
    isInputReference(value as string),
  ),
);

/** An object in which keys with the suffix ".$" have expressions. */
export const template: Rule = all(rule('be an object', isObject), jsonTokens, checkTemplate);

/** Selection of fields of a result: `{ "rows.$": "$.output.rows" }`. */
export const selector: Rule = all(
  record(string(), () => true),
  template,
);

/** The same keys, each with the path of its value below `from`, for a result that was selected before. */
export function pick(keys: readonly string[], from: string): Record<string, string> {
  return Object.fromEntries(
    keys.map((key) => {
      const name = key.replace(/\.\$$/, '');
      return [`${name}.$`, `${from}['${name}']`];
    }),
  );
}
