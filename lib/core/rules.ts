import { Token } from 'cdktf';
import type { Problem } from './errors';
import { nearest } from './spelling';

/** Takes note of a problem; all of one construct are thrown together. */
export type Report = (problem: Problem) => void;

/** Judges one value. A value that only Terraform will know (a token) always passes. */
export type Rule = (value: unknown, property: string, report: Report) => void;

/** One rule for each property of `T`, required ones and optional ones alike: a new property cannot be forgotten. */
export type Shape<T> = { readonly [K in keyof T]-?: Rule };

/**
 * A required value for which `holds` is true.
 * @param statement the rule as a clause, without a full stop
 * @param fix the sentence that tells what to write instead, where that can be told from the value
 */
export function rule(
  statement: string,
  holds: (value: unknown) => boolean,
  fix?: (value: unknown) => string | undefined,
): Rule {
  return (value, property, report) => {
    if (value !== undefined && Token.isUnresolved(value)) return;
    if (value === undefined || !holds(value)) {
      // Advice that does not look at the value is good for a missing one too.
      const told = value === undefined && fix?.length !== 0 ? undefined : fix?.(value);
      report({ property, value, rule: statement, fix: told });
    }
  };
}

/** The same rule, for a property that may be left out. */
export function optional(inner: Rule): Rule {
  return (value, property, report) => {
    if (value !== undefined) inner(value, property, report);
  };
}

/** Every rule in turn; the first problem of a value is enough. */
export function all(...rules: readonly Rule[]): Rule {
  return (value, property, report) => {
    let sound = true;
    for (const each of rules) {
      each(value, property, (problem) => {
        sound = false;
        report(problem);
      });
      if (!sound) return;
    }
  };
}

// "$${" is how a literal "${" is written for Terraform, so it is no expression.
const EXPRESSION = /(?<!\$)\$\{|(?<!%)%\{/;

const plainString: Rule = all(
  rule('it is a string', (value) => typeof value === 'string'),
  rule(
    'Terraform reads "${" and "%{" as the start of an expression',
    (value) => !EXPRESSION.test(value as string),
    () => 'Write "$${" or "%%{" for the literal characters, or pass a token.',
  ),
);

/** A string that every character of which is meant literally; `rules` may then rely on `typeof value === 'string'`. */
export function string(...rules: readonly Rule[]): Rule {
  return all(plainString, ...rules);
}

/** A string that matches; `fix` guesses what was meant. */
export function matching(
  pattern: RegExp,
  statement: string,
  fix?: (value: string) => string | undefined,
): Rule {
  return string(rule(statement, (value) => pattern.test(value as string), fix as (value: unknown) => string));
}

/** One line of text for people, of at most `maxBytes` bytes of UTF-8. */
export function line(maxBytes: number): Rule {
  return string(
    rule(
      `it is one line of text with at least one visible character, at most ${maxBytes} bytes, and no "\${" or "%{"`,
      (value) =>
        // eslint-disable-next-line no-control-regex -- control characters are what is looked for
        !/[\u0000-\u001f\u007f]|[$%]\{/.test(value as string) &&
        (value as string).trim() !== '' &&
        Buffer.byteLength(value as string) <= maxBytes,
    ),
  );
}

/** A whole number within bounds, both included. */
export function integer(min: number, max: number): Rule {
  return rule(
    max === Number.MAX_SAFE_INTEGER
      ? `it is a whole number of at least ${min}`
      : `it is a whole number from ${min} to ${max}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
  );
}

/** `true` or `false`. */
export const boolean: Rule = rule('it is true or false', (value) => typeof value === 'boolean');

/** One of a few words. */
export function oneOf(words: readonly string[]): Rule {
  const same = (word: string, value: unknown) =>
    typeof value === 'string' && word.toLowerCase() === value.toLowerCase();
  return rule(
    `it is one of ${words.map((word) => `"${word}"`).join(', ')}`,
    (value) => words.includes(value as string),
    (value) => {
      const meant = words.find((word) => same(word, value));
      return meant === undefined ? undefined : `Use "${meant}".`;
    },
  );
}

/** A list, each item of which follows `item`. */
export function list(item: Rule, bounds: { readonly min?: number; readonly max?: number } = {}): Rule {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = bounds;
  const limits = [min > 0 ? `at least ${min}` : '', max < Number.MAX_SAFE_INTEGER ? `at most ${max}` : ''];
  return all(
    rule(
      ['it is a list', limits.filter(Boolean).join(' and ')].filter(Boolean).join(' of ') +
        (limits.some(Boolean) ? ' items' : ''),
      (value) => Array.isArray(value) && value.length >= min && value.length <= max,
    ),
    (value, property, report) => {
      if (Token.isUnresolved(value)) return;
      (value as unknown[]).forEach((each, index) => item(each, `${property}[${index}]`, report));
    },
  );
}

const isPlainObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A map from names to values. */
export function record(key: Rule, item: Rule): Rule {
  return all(rule('it is an object of names and values', isPlainObject), (value, property, report) => {
    if (Token.isUnresolved(value)) return;
    for (const [name, each] of Object.entries(value as object)) {
      key(name, `the name "${name}" in ${property}`, report);
      item(each, `${property}["${name}"]`, report);
    }
  });
}

/** An object with these properties and no others: a misspelt property would otherwise be lost in silence. */
export function shape<T>(properties: Shape<T>): Rule {
  const known = Object.keys(properties);
  return all(rule('it is an object', isPlainObject), (value, property, report) => {
    if (Token.isUnresolved(value)) return;
    const at = (name: string) => (property === '' ? name : `${property}.${name}`);
    const given = value as Record<string, unknown>;
    for (const name of known) properties[name as keyof T](given[name], at(name), report);
    for (const name of Object.keys(given)) {
      if (known.includes(name) || given[name] === undefined) continue;
      const meant = nearest(name, known);
      report({
        property: at(name),
        value: given[name],
        rule: 'there is no such property',
        fix: meant === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${meant}"?`,
      });
    }
  });
}

/** Any object: what it must hold is checked by the construct that made it. */
export const anObject: Rule = rule('it is an object', isPlainObject);
