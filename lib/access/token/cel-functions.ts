import { regularPatterns } from '../decide/google/cel/regular-expression';
import { Undecided } from '../decide/relation';
import { CelError, isCelList, isCelMap, textOfCel, type CelValue } from './cel-types';

type CelFunction = (...values: readonly CelValue[]) => CelValue;

/** A function of texts. Another type is an error of the expression. */
const ofTexts =
  (count: number, compute: (...texts: readonly string[]) => CelValue): CelFunction =>
  (...values) => {
    const wrong = values.find((each) => typeof each !== 'string');
    if (wrong !== undefined) throw new CelError(`${textOfCel(wrong)} is not a text`);
    if (values.length !== count) throw new CelError(`${count} texts are required`);
    return compute(...(values as readonly string[]));
  };

/**
 * Part of a text at the place of `{NAME}` in a template; empty where the template does not match.
 * https://cloud.google.com/iam/docs/conditions-attribute-reference#extract
 */
function extract(text = '', template = ''): string {
  const [, prefix = '', suffix = ''] = /^(.*?)\{[^{}]*\}(.*)$/s.exec(template) ?? [];
  const start = text.indexOf(prefix);
  if (start < 0) return '';
  const rest = text.slice(start + prefix.length);
  if (suffix === '') return rest;
  const end = rest.indexOf(suffix);
  return end < 0 ? '' : rest.slice(0, end);
}

function matches(text = '', pattern = ''): boolean {
  if (!regularPatterns(pattern)) {
    throw new Undecided(`The regular expression ${JSON.stringify(pattern)} is not understood.`);
  }
  return new RegExp(pattern).test(text);
}

function joined(list: CelValue | undefined, separator: CelValue = ''): CelValue {
  if (!isCelList(list) || typeof separator !== 'string' || list.some((each) => typeof each !== 'string')) {
    throw new CelError('join needs a list of texts');
  }
  return list.join(separator);
}

function sizeOf(value: CelValue | undefined): CelValue {
  if (typeof value === 'string') return [...value].length;
  if (isCelList(value)) return value.length;
  if (isCelMap(value)) return Object.keys(value).length;
  throw new CelError(`${textOfCel(value ?? null)} has no size`);
}

function textOf(value: CelValue | undefined): CelValue {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new CelError(`${textOfCel(value ?? null)} has no text`);
}

const FUNCTIONS: Readonly<Record<string, CelFunction>> = {
  contains: ofTexts(2, (text = '', part = '') => text.includes(part)),
  endsWith: ofTexts(2, (text = '', part = '') => text.endsWith(part)),
  extract: ofTexts(2, extract),
  join: joined,
  lowerAscii: ofTexts(1, (text = '') => text.replace(/[A-Z]/g, (each) => each.toLowerCase())),
  matches: ofTexts(2, matches),
  replace: ofTexts(3, (text = '', from = '', to = '') => text.replaceAll(from, () => to)),
  size: sizeOf,
  split: ofTexts(2, (text = '', separator = '') => text.split(separator)),
  startsWith: ofTexts(2, (text = '', part = '') => text.startsWith(part)),
  string: textOf,
  upperAscii: ofTexts(1, (text = '') => text.replace(/[a-z]/g, (each) => each.toUpperCase())),
};

/**
 * Calls a function; the receiver of a method is the first value.
 * @throws CelError for values of another type
 * @throws Undecided for a function that is not supported
 */
export function callFunction(name: string, values: readonly CelValue[]): CelValue {
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) throw new Undecided(`The function ${name} is not understood.`);
  return known(...values);
}
