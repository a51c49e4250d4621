import { isCalendarDay } from './calendar-day';
import { Token } from 'cdktf';
import type { ValidationProblem } from './errors';
import { isObject } from './is-object';
import { nearest } from './names';
import { toBoolean, toInteger, toLine, toList, toText, toWord } from './remedies';
import { acceptToken, isSeparate, isToken } from './token-values';

/** Takes note of a problem; all of one construct are thrown together. */
export type Report = (problem: ValidationProblem) => void;

/**
 * Validates one value, reports each problem, and returns whether the value is valid. A value that only Terraform
 * knows (a token) is valid unless the rule states that it must be known at synth.
 */
export type Rule = (value: unknown, property: string, report: Report) => boolean;

/** One rule for each property of `T`, required ones and optional ones alike: a new property cannot be forgotten. */
export type Shape<T> = { readonly [K in keyof T]-?: Rule };

/**
 * A required value for which `holds` is true.
 * @param statement the rule as a clause, without a full stop
 * @param fix the remedy as a sentence, if the value determines it
 */
export function rule(
  statement: string,
  holds: (value: unknown) => boolean,
  fix?: (value: unknown) => string | undefined,
): Rule {
  return (value, property, report) => {
    if (isToken(value)) return acceptToken(value, property, report);
    if (value !== undefined && holds(value)) return true;
    // A remedy that does not depend on the value also applies to a missing one.
    const remedy = value === undefined && fix?.length !== 0 ? undefined : fix?.(value);
    report({ property, value, rule: statement, fix: remedy });
    return false;
  };
}

// A token in place of a list would bypass such a rule of its items.
const KNOWN_AT_SYNTH = new WeakSet<Rule>();

/** The same rule, for a value that the library itself reads, so that a token cannot replace it. */
export function knownAtSynth(inner: Rule): Rule {
  const judge: Rule = (value, property, report) => {
    if (value === undefined || !isToken(value)) return inner(value, property, report);
    const rule = 'be known at synth';
    report({ property, value: 'a token', rule, fix: 'Pass a plain value instead of a token.' });
    return false;
  };
  KNOWN_AT_SYNTH.add(judge);
  return judge;
}

/** Requires that a collection is known at synth if the rules of its entries do. */
const likeEntries = (entries: readonly Rule[], collection: Rule): Rule =>
  entries.some((each) => KNOWN_AT_SYNTH.has(each)) ? knownAtSynth(collection) : collection;

// Most properties of most constructs are omitted, so `shape` does not call their rules.
const OPTIONAL_RULES = new WeakSet<Rule>();

/** The same rule, for a property that can be omitted. */
export function optional(inner: Rule): Rule {
  const judge: Rule = (value, property, report) => value === undefined || inner(value, property, report);
  OPTIONAL_RULES.add(judge);
  return judge;
}

/** Every rule in turn; the first problem of a value is enough. */
export function all(...rules: readonly Rule[]): Rule {
  const judge: Rule = (value, property, report) => rules.every((each) => each(value, property, report));
  if (rules.some((each) => KNOWN_AT_SYNTH.has(each))) KNOWN_AT_SYNTH.add(judge);
  return judge;
}

// "$${" is how a literal "${" is written for Terraform, so it does not start an expression.
const EXPRESSION = /(?<!\$)\$\{|(?<!%)%\{/;

const aString = rule('be a string', (value) => typeof value === 'string', toText);

/** A text of which every character is literal, for values that `terraformJson` writes. */
export const literalText: Rule = aString;

const plainString: Rule = all(
  aString,
  rule(
    'not contain "${" or "%{", which start a Terraform expression',
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
export function singleLine(maxBytes: number): Rule {
  return all(
    aString,
    rule(
      `be one line of text with at least one visible character, at most ${maxBytes} bytes, and no "\${" or "%{"`,
      (value) =>
        // eslint-disable-next-line no-control-regex -- the rule searches for control characters
        !/[\u0000-\u001f\u007f]|[$%]\{/.test(value as string) &&
        (value as string).trim() !== '' &&
        Buffer.byteLength(value as string) <= maxBytes,
      (value) => toLine(value as string, maxBytes),
    ),
  );
}

/** A day as YYYY-MM-DD, known at synth so that it can be compared with the day of a check. */
export const day: Rule = knownAtSynth(
  all(
    matching(/^\d{4}-\d{2}-\d{2}$/, 'be a day as YYYY-MM-DD', (value) => {
      const [found] = /^\d{4}-\d{2}-\d{2}/.exec(value) ?? [];
      return found === undefined ? undefined : `Write "${found}".`;
    }),
    rule('be a day of the calendar', (value) => isCalendarDay(value as string)),
  ),
);

/** Whether one number is more than another; what is not known yet exceeds nothing. */
export function exceeds(one: number | undefined, other: number | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return !Token.isUnresolved(one) && !Token.isUnresolved(other) && one > other;
}

/** Whether two texts differ; a text that is not known yet differs from none. */
export function differ(one: string | undefined, other: string | undefined): boolean {
  return !isToken(one) && !isToken(other) && one !== other;
}

/** A whole number within bounds, both included. */
export function integer(min: number, max: number): Rule {
  return rule(
    max === Number.MAX_SAFE_INTEGER
      ? `be a whole number of at least ${min}`
      : `be a whole number from ${min} to ${max}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
    (value) => toInteger(value, min, max),
  );
}

/** `true` or `false`, known at synth. */
export const boolean: Rule = knownAtSynth(
  rule('be true or false', (value) => typeof value === 'boolean', toBoolean),
);

/** One of a closed set of words. It is known at synth, because each word has a meaning that a reviewer can check. */
export function oneOf(words: readonly string[]): Rule {
  return knownAtSynth(
    rule(
      `be one of ${words.map((word) => `"${word}"`).join(', ')}`,
      (value) => words.includes(value as string),
      (value) => toWord(value, words),
    ),
  );
}

/** A list, each item of which follows `item`. It is known at synth if the items are. */
export function list(item: Rule, bounds: { readonly min?: number; readonly max?: number } = {}): Rule {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = bounds;
  const limits = [
    ...(min > 0 ? [`at least ${min}`] : []),
    ...(max < Number.MAX_SAFE_INTEGER ? [`at most ${max}`] : []),
  ].join(' and ');
  const collection = all(
    rule(
      limits === ''
        ? 'be a list'
        : `be a list of ${limits} ${max === 1 || limits === 'at least 1' ? 'item' : 'items'}`,
      (value) => Array.isArray(value) && value.length >= min && value.length <= max,
      (value) => toList(value, min, max),
    ),
    (value, property, report) =>
      isToken(value) ||
      (isSeparate(value, property, report) &&
        allValid((value as unknown[]).map((each, index) => item(each, `${property}[${index}]`, report)))),
  );
  return likeEntries([item], collection);
}

/** Takes the results of all rules, so that one problem does not hide another. */
function allValid(judged: readonly boolean[]): boolean {
  return !judged.includes(false);
}

/** A map from names to values. It is known at synth if its names or values are. */
export function record(key: Rule, item: Rule): Rule {
  const collection = all(rule('be an object of names and values', isObject), (value, property, report) => {
    if (isToken(value)) return true;
    return allValid(
      Object.entries(value as object).flatMap(([name, each]) => [
        key(name, `the name "${name}" in ${property}`, report),
        item(each, `${property}["${name}"]`, report),
      ]),
    );
  });
  return likeEntries([key, item], collection);
}

/**
 * An object with these properties and no others: a misspelt property would otherwise be lost in silence. It is known at
 * synth, because the library reads the properties.
 */
export function shape<T>(properties: Shape<T>): Rule {
  const rules = Object.entries<Rule>(properties).map(([name, judge]) => ({
    name,
    judge,
    isOptional: OPTIONAL_RULES.has(judge),
  }));
  const known = new Set(Object.keys(properties));
  return all(knownAtSynth(rule('be an object', isObject)), (value, property, report) => {
    const at = (name: string) => (property === '' ? name : `${property}.${name}`);
    const given = value as Record<string, unknown>;
    let sound = true;
    for (const { name, judge, isOptional } of rules) {
      if (isOptional && given[name] === undefined) continue;
      sound = judge(given[name], at(name), report) && sound;
    }
    for (const name of Object.keys(given)) {
      if (known.has(name) || given[name] === undefined) continue;
      report(unknownProperty(at(name), given[name], name, [...known]));
      sound = false;
    }
    return sound;
  });
}

function unknownProperty(
  property: string,
  value: unknown,
  name: string,
  known: readonly string[],
): ValidationProblem {
  const meant = nearest(name, known);
  const fix = meant === undefined ? `The properties are: ${known.join(', ')}.` : `Did you mean "${meant}"?`;
  return { kind: 'unknown-property', property, value, rule: 'be a property', fix };
}

/**
 * A construct, or an object with its members. The construct validated its props; the rule checks the members that the
 * caller reads.
 * @param kind expected value, as it follows "must be"
 * @param members type of each member
 */
export function constructLike(
  kind: string,
  members: Readonly<Record<string, 'string' | 'object' | 'function'>>,
): Rule {
  return knownAtSynth(
    rule(
      `be ${kind}`,
      (value) =>
        isObject(value) && Object.entries(members).every(([name, type]) => typeof value[name] === type),
    ),
  );
}

/** A provider of that type, as in `provider "google"`. */
export function provider(type: string): Rule {
  return knownAtSynth(
    rule(
      `be a provider of ${type}`,
      (value) => (value as { terraformResourceType?: unknown } | null)?.terraformResourceType === type,
    ),
  );
}
