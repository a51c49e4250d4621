import { BlockList, isIP } from 'node:net';
import { expand, isArnLike, isLike, type Lookup } from './evaluate-text';

/** Three-valued result: undefined where AWS documents none. */
export type Result = boolean | undefined;

/** Context keys of a request, in lower case. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** Whether one value of a request matches one value of a policy. */
type Compare = (actual: string, wanted: string, variables: Lookup | undefined) => Result;

const text =
  (wildcards: boolean, fold: (text: string) => string = (each) => each): Compare =>
  (actual, wanted, variables) => {
    const tokens = expand(wanted, wildcards, variables);
    const folded = tokens?.map((token) => (typeof token === 'string' ? fold(token) : token));
    return folded && isLike(fold(actual), folded);
  };

const arn: Compare = (actual, wanted, variables) => {
  const tokens = expand(wanted, true, variables);
  return tokens && isArnLike(actual, tokens);
};

const ordered =
  (read: (text: string) => number, compare: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted) => {
    const [a, b] = [read(actual), read(wanted)];
    return Number.isNaN(a) || Number.isNaN(b) ? undefined : compare(a, b);
  };

const time = (value: string): number => (/^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value));

const address: Compare = (actual, wanted) => {
  const [network = '', prefix] = wanted.split('/');
  const [version, ofNetwork] = [isIP(actual), isIP(network)];
  if (version === 0 || ofNetwork === 0) return undefined;
  if (version !== ofNetwork) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix ?? (version === 4 ? 32 : 128)), family);
  return list.check(actual, family);
};

const bool: Compare = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const bytes: Compare = (actual, wanted) =>
  Buffer.from(actual, 'base64').equals(Buffer.from(wanted, 'base64'));
const lower = (each: string): string => each.toLowerCase();

const orders = {
  Equals: (a: number, b: number) => a === b,
  LessThan: (a: number, b: number) => a < b,
  LessThanEquals: (a: number, b: number) => a <= b,
  GreaterThan: (a: number, b: number) => a > b,
  GreaterThanEquals: (a: number, b: number) => a >= b,
};

const COMPARISONS: Readonly<Record<string, Compare>> = {
  StringEquals: text(false),
  StringEqualsIgnoreCase: text(false, lower),
  StringLike: text(true),
  ...Object.fromEntries(
    Object.entries(orders).flatMap(([name, compare]) => [
      [`Numeric${name}`, ordered(Number, compare)],
      [`Date${name}`, ordered(time, compare)],
    ]),
  ),
  Bool: bool,
  BinaryEquals: bytes,
  IpAddress: address,
  ArnEquals: arn,
  ArnLike: arn,
};

/** Conjunction and disjunction of results, where undefined may be either. */
export const allOf = (results: readonly Result[]): Result =>
  results.includes(false) ? false : results.includes(undefined) ? undefined : true;
export const anyOf = (results: readonly Result[]): Result =>
  results.includes(true) ? true : results.includes(undefined) ? undefined : false;
const negate = (result: Result): Result => (result === undefined ? undefined : !result);

/** One operator on one key: `ForAnyValue:StringLikeIfExists`. */
function evaluateKey(
  operator: string,
  actual: readonly string[],
  wanted: readonly string[],
  variables: Lookup | undefined,
): Result {
  if (operator === 'Null') {
    if (actual.includes('')) return undefined;
    return allOf(
      wanted.map((each) => (each.toLowerCase() === 'true' ? actual.length === 0 : actual.length > 0)),
    );
  }
  const [quantifier, qualified] = operator.includes(':') ? operator.split(':') : [undefined, operator];
  const ifExists = qualified?.endsWith('IfExists') ?? false;
  const base = (qualified ?? '').replace(/IfExists$/, '');
  const negated = base.includes('Not');
  const compare = COMPARISONS[base.replace('Not', '')];
  if (!compare || wanted.length === 0) return undefined;
  const matches = (value: string): Result => {
    const result = anyOf(wanted.map((each) => compare(value, each, variables)));
    return negated ? negate(result) : result;
  };
  switch (quantifier) {
    case undefined:
      if (actual.length > 1) return undefined;
      return actual[0] === undefined ? ifExists || negated : matches(actual[0]);
    case 'ForAllValues':
      return allOf(actual.filter((value) => value !== '').map(matches));
    case 'ForAnyValue': {
      const values = actual.filter((value) => value !== '');
      return values.length === 0 && ifExists ? undefined : anyOf(values.map(matches));
    }
    default:
      return undefined;
  }
}

/** A condition block: all operators and all keys must hold. */
export function evaluateConditions(
  block: unknown,
  context: RequestContext,
  variables: Lookup | undefined,
): Result {
  const operators = Object.entries((block ?? {}) as Record<string, Record<string, unknown>>);
  return allOf(
    operators.flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) =>
        evaluateKey(operator, context.get(key.toLowerCase()) ?? [], [wanted].flat().map(String), variables),
      ),
    ),
  );
}
