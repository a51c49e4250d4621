import { endOfMatch, scanPath } from './json-path';

/*
 * Intrinsic functions of JSONPath states.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */

/** Least and most arguments. */
const ARGUMENTS: Readonly<Record<string, readonly [number, number]>> = {
  Array: [0, Infinity],
  ArrayContains: [2, 2],
  ArrayGetItem: [2, 2],
  ArrayLength: [1, 1],
  ArrayPartition: [2, 2],
  ArrayRange: [3, 3],
  ArrayUnique: [1, 1],
  Base64Decode: [1, 1],
  Base64Encode: [1, 1],
  Format: [1, Infinity],
  Hash: [2, 2],
  JsonMerge: [3, 3],
  JsonToString: [1, 1],
  MathAdd: [2, 2],
  MathRandom: [2, 3],
  StringSplit: [2, 2],
  StringToJson: [1, 1],
  UUID: [0, 0],
};

/** Functions with a limit of the data that they encode, decode or hash. */
const LIMITED_DATA = ['Base64Decode', 'Base64Encode', 'Hash'];
const MOST_CHARACTERS = 10_000;

/** Longest list of States.ArrayRange. */
const MOST_ITEMS = 1_000;

/** Nesting limit of AWS. */
const MAX_DEPTH = 10;

const CALL = /States\.(\w+)\(/y;
const TEXT = /'(?:\\[\s\S]|[^'\\])*'/y;
const CONSTANT = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?=[\s,)])/y;
const BLANKS = /\s*/y;

interface Scanned {
  readonly end: number;
  readonly text: string;
}

/** A rule that a call breaks, as it follows "must". */
class BrokenRule extends Error {}

/**
 * Rule that an invocation of an intrinsic function breaks.
 * @returns `undefined` if the invocation is valid
 */
export function brokenIntrinsicRule(text: string): string | undefined {
  try {
    const { end } = scanCall(text, 0, 1);
    return end === text.length ? undefined : `end after ")" (character ${end + 1})`;
  } catch (error) {
    if (error instanceof BrokenRule) return error.message;
    throw error;
  }
}

function scanCall(text: string, start: number, depth: number): Scanned {
  const name = scan(CALL, text, start)?.slice('States.'.length, -1);
  if (name === undefined) throw new BrokenRule('be a call: States.NAME(arguments)');
  const bounds = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name] : undefined;
  if (bounds === undefined) {
    throw new BrokenRule(
      `call one of ${Object.keys(ARGUMENTS)
        .map((each) => `States.${each}`)
        .join(', ')}`,
    );
  }
  if (depth > MAX_DEPTH) throw new BrokenRule(`nest at most ${MAX_DEPTH} intrinsic functions`);
  const { end, list } = scanArguments(text, CALL.lastIndex, depth);
  const [least, most] = bounds;
  if (list.length < least || list.length > most) {
    throw new BrokenRule(`give States.${name} ${amount(least, most)} (it has ${list.length})`);
  }
  if (name === 'Format') checkFormat(list);
  if (name === 'ArrayRange') checkRange(list.map(Number));
  if (LIMITED_DATA.includes(name)) checkData(name, list);
  return { end, text: text.slice(start, end) };
}

function scanArguments(text: string, start: number, depth: number): { end: number; list: string[] } {
  const list: string[] = [];
  let at = afterBlanks(text, start);
  if (text[at] === ')') return { end: at + 1, list };
  for (;;) {
    const argument = scanArgument(text, at, depth);
    list.push(argument.text);
    at = afterBlanks(text, argument.end);
    if (text[at] === ')') return { end: at + 1, list };
    if (text[at] !== ',') throw new BrokenRule(`have "," or ")" after each argument (character ${at + 1})`);
    at = afterBlanks(text, at + 1);
  }
}

function scanArgument(text: string, start: number, depth: number): Scanned {
  if (text.startsWith('States.', start)) return scanCall(text, start, depth + 1);
  const constant = scan(TEXT, text, start) ?? scan(CONSTANT, text, start);
  const end = constant === undefined ? scanPath(text, start)?.end : start + constant.length;
  if (end !== undefined) return { end, text: text.slice(start, end) };
  throw new BrokenRule(
    `have arguments that are paths, calls, numbers, true, false, null or texts in apostrophes (character ${start + 1})`,
  );
}

/** A template in apostrophes has `{}` for each further argument. "\\{" is a literal character. */
function checkFormat([template = '', ...values]: readonly string[]): void {
  if (!template.startsWith("'")) return;
  const places = template.replace(/\\[\s\S]/g, '').match(/\{\}/g)?.length ?? 0;
  if (places === values.length) return;
  throw new BrokenRule(
    `have one argument for each {} of States.Format (it has ${places} {} and ${values.length} arguments after the template)`,
  );
}

/** The length of a path is known at run time only. */
function checkData(name: string, [data = '']: readonly string[]): void {
  const length = data.startsWith("'") ? data.slice(1, -1).replace(/\\([\s\S])/g, '$1').length : 0;
  if (length <= MOST_CHARACTERS) return;
  throw new BrokenRule(`give States.${name} at most ${MOST_CHARACTERS} characters (it has ${length})`);
}

function checkRange([first = NaN, last = NaN, step = NaN]: readonly number[]): void {
  const items = Math.floor((last - first) / step) + 1;
  if (!(items > MOST_ITEMS)) return;
  throw new BrokenRule(`have at most ${MOST_ITEMS} items in States.ArrayRange (it has ${items})`);
}

function amount(least: number, most: number): string {
  const bounds =
    most === Infinity ? `at least ${least}` : least === most ? `${least}` : `${least} or ${most}`;
  return `${bounds} ${most === 1 || bounds === 'at least 1' ? 'argument' : 'arguments'}`;
}

function scan(pattern: RegExp, text: string, at: number): string | undefined {
  const end = endOfMatch(pattern, text, at);
  return end === undefined ? undefined : text.slice(at, end);
}

function afterBlanks(text: string, at: number): number {
  return endOfMatch(BLANKS, text, at) ?? at;
}
