import { exactly, glob, type Pattern, type PatternOptions } from '../patterns/pattern';
import { TextSet } from '../patterns/text-set';
import { addresses, readRange } from './values/addresses';
import { dates } from './values/dates';
import type { Domain } from './values/domain';
import { binaries, booleans } from './values/few';
import { numbers } from './values/numbers';
import { domainPredicate, type Predicate } from './values/predicate';
import { patternWithVariables } from './variables';

/** Makes the property "equals one of the values"; undefined if a value is not understood. */
export type ReadValues = (values: readonly string[], readsVariables: boolean) => Predicate | undefined;

/** A condition operator without `ForAllValues:`, `ForAnyValue:` and `IfExists`. */
export interface Operator {
  readonly read: ReadValues;
  /** Whether the operator holds when the property does not. */
  readonly negated: boolean;
}

/** All values, or undefined if one is undefined. */
function every<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((each) => each !== undefined);
  return known.length === values.length ? known : undefined;
}

const text =
  (read: typeof glob, options: PatternOptions = {}): ReadValues =>
  (values, readsVariables) => {
    const patterns = values.map((value) =>
      readsVariables ? patternWithVariables(value, read, options) : read(value, options),
    );
    const known = every(patterns);
    return known && { kind: 'text', set: new TextSet(known) };
  };

/** ArnEquals behaves like ArnLike: each of the six components is compared, and `*` does not cross a colon. */
const arn: ReadValues = (values, readsVariables) => {
  const patterns = values.map((value): Pattern | undefined => {
    // A colon inside a variable separates no components.
    const [, head, resource] = /^((?:(?:\$\{[^}]*\}|[^:])*:){5})(.*)$/s.exec(value) ?? [];
    if (head === undefined || resource === undefined || !head.startsWith('arn:')) return undefined;
    const read = (part: string, options: PatternOptions) =>
      readsVariables ? patternWithVariables(part, glob, options) : glob(part, options);
    const parts = every([read(head, { except: ':' }), read(resource, {})]);
    return parts?.flat();
  });
  const known = every(patterns);
  return known && { kind: 'text', set: new TextSet(known) };
};

const compared =
  <T>(domain: Domain<T>, test: (value: T, point: T) => boolean): ReadValues =>
  (values) => {
    const points = every(values.map((value) => domain.read(value)));
    return points && domainPredicate(domain, points, (value) => points.some((point) => test(value, point)));
  };

const inRanges: ReadValues = (values) => {
  const ranges = every(values.map(readRange));
  return (
    ranges &&
    domainPredicate(
      addresses,
      ranges.flatMap(({ from, to }) => [from, to]),
      (address) => ranges.some(({ from, to }) => from <= address && address < to),
    )
  );
};

const plain = (read: ReadValues): Operator => ({ read, negated: false });
const not = (read: ReadValues): Operator => ({ read, negated: true });

function ordered(name: string, domain: Domain<number>): readonly (readonly [string, Operator])[] {
  const equals = compared(domain, (value, point) => value === point);
  return [
    [`${name}Equals`, plain(equals)],
    [`${name}NotEquals`, not(equals)],
    [`${name}LessThan`, plain(compared(domain, (value, point) => value < point))],
    [`${name}LessThanEquals`, plain(compared(domain, (value, point) => value <= point))],
    [`${name}GreaterThan`, plain(compared(domain, (value, point) => value > point))],
    [`${name}GreaterThanEquals`, plain(compared(domain, (value, point) => value >= point))],
  ];
}

/**
 * Operators by name. Null is not among them, because it compares no value.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const operators: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', plain(text(exactly))],
  ['StringNotEquals', not(text(exactly))],
  ['StringEqualsIgnoreCase', plain(text(exactly, { ignoreCase: true }))],
  ['StringNotEqualsIgnoreCase', not(text(exactly, { ignoreCase: true }))],
  ['StringLike', plain(text(glob))],
  ['StringNotLike', not(text(glob))],
  ...ordered('Numeric', numbers),
  ...ordered('Date', dates),
  ['Bool', plain(compared(booleans, (value, point) => value === point))],
  ['BinaryEquals', plain(compared(binaries, (value, point) => value === point))],
  ['IpAddress', plain(inRanges)],
  ['NotIpAddress', not(inRanges)],
  ['ArnEquals', plain(arn)],
  ['ArnLike', plain(arn)],
  ['ArnNotEquals', not(arn)],
  ['ArnNotLike', not(arn)],
]);
