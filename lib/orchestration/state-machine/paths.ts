import { all, matching, record, string, rule, type Rule } from '../../core/rules';

/*
 * JSONPath as states use it. https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */

/** A path into the input or the context object, or an intrinsic function. */
export const path: Rule = matching(
  /^(\$|States\.\w+\()/,
  'be a path that starts with "$", or an intrinsic function that starts with "States."',
  (value) => (/^[A-Za-z_]\w*(\.\w+)*$/.test(value) ? `Use "$.${value}".` : undefined),
);

/** Where a result is put: a path of names alone. */
export const referencePath: Rule = matching(
  /^\$(\.[A-Za-z_][\w-]*|\[\d+\]|\['[^']+'\])*$/,
  'be a reference path to one field, for example "$.extract"',
);

/** An object whose keys that end in ".$" hold paths. */
export const template: Rule = all(
  rule('be an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
  (value, property, report) => judgeTemplate(value, property, report),
);

const judgeTemplate: Rule = (value, property, report) => {
  if (Array.isArray(value)) {
    return value
      .map((each, index) => judgeTemplate(each, `${property}[${index}]`, report))
      .every((sound) => sound);
  }
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value)
    .map(([key, each]) =>
      key.endsWith('.$')
        ? path(each, `${property}["${key}"]`, report)
        : judgeTemplate(each, `${property}.${key}`, report),
    )
    .every((sound) => sound);
};

/** What is taken of a result: `{ "rows.$": "$.output.rows" }`. */
export const selector: Rule = all(
  record(string(), () => true),
  template,
);

/** The same keys, each read from where `from` points to, for a result that was put together already. */
export function pick(keys: readonly string[], from: string): Record<string, string> {
  return Object.fromEntries(
    keys.map((key) => {
      const name = key.replace(/\.\$$/, '');
      return [`${name}.$`, `${from}['${name}']`];
    }),
  );
}
