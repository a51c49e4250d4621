import { denseSamples } from '../../dense-samples';
import { exactly, glob } from '../../patterns/pattern';
import { findInSets, hasTextInSets, TextSet, type TextClaim } from '../../patterns/text-set';
import type { Signed } from '../../regions';
import type { CelSigned, TextLiteral, TimeLiteral } from './literals';
import { compareTimes } from './time';

/** Value of an attribute that satisfies literals. */
export interface FoundAttribute {
  /** Undefined for a request without the attribute. */
  readonly value: string | undefined;
  /** Reason why a request with the value is uncertain. */
  readonly doubt?: string;
}

const NON_EMPTY = new TextSet([glob('?*')]);
const DAY = 86_400_000;
/** First and last time of CEL: https://github.com/google/cel-spec/blob/master/doc/langdef.md#timestamp */
const BOUNDS = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')] as const;

const isText = (each: CelSigned): each is Signed<TextLiteral> => each.literal.kind === 'text';
const isTime = (each: CelSigned): each is Signed<TimeLiteral> => each.literal.kind === 'time';

const claimsOf = (signed: readonly Signed<TextLiteral>[]): readonly TextClaim[] =>
  signed.map(({ literal, holds }) => ({ set: literal.set, holds: holds === literal.inside }));

/** Every request has these attributes: https://cloud.google.com/iam/docs/workload-identity-federation#mapping */
const isRequired = (attribute: string): boolean => attribute === 'google.subject';

const canBeAbsent = (signed: readonly Signed<TextLiteral>[], attribute: string): boolean =>
  !isRequired(attribute) && signed.every(({ literal, holds }) => literal.absent === holds);

/** Whether a value of another type satisfies the literals, with the same reading of `==` for all of them. */
const canBeOther = (signed: readonly Signed<TextLiteral>[], attribute: string): boolean =>
  attribute.startsWith('assertion.') &&
  [true, false].some((isUnequal) =>
    signed.every(({ literal, holds }) => (literal.other ?? isUnequal) === holds),
  );

function timeWith(signed: readonly Signed<TimeLiteral>[]): number | undefined {
  const points = signed.map(({ literal }) => literal.at);
  return [...denseSamples(points, DAY), ...BOUNDS].find(
    (time) =>
      time >= BOUNDS[0] &&
      time <= BOUNDS[1] &&
      signed.every(({ literal, holds }) => compareTimes(time, literal.operator, literal.at) === holds),
  );
}

/** Whether one attribute can satisfy all literals. */
export function isPossible(signed: readonly CelSigned[]): boolean {
  const attribute = signed[0]?.literal.dimension ?? '';
  const [texts, times] = [signed.filter(isText), signed.filter(isTime)];
  if (times.length > 0) return timeWith(times) !== undefined;
  if (texts.length > 0) {
    return canBeAbsent(texts, attribute) || canBeOther(texts, attribute) || hasTextInSets(claimsOf(texts));
  }
  const results = signed.filter(({ holds }) => holds);
  return results.length < 2;
}

function findText(signed: readonly Signed<TextLiteral>[], prefix: string | undefined): string | undefined {
  const claims = claimsOf(signed);
  const preferred = prefix === undefined ? NON_EMPTY : new TextSet([[...exactly(prefix), ...glob('?*')]]);
  const found = findInSets([...claims, { set: preferred, holds: true }]) ?? findInSets(claims);
  return found?.join('');
}

/** A value of the attribute that satisfies the literals, with `prefix` if that is possible. */
export function findAttribute(signed: readonly CelSigned[], prefix?: string): FoundAttribute {
  const attribute = signed[0]?.literal.dimension ?? '';
  const [texts, times] = [signed.filter(isText), signed.filter(isTime)];
  const time = times.length > 0 ? timeWith(times) : undefined;
  if (time !== undefined) return { value: new Date(time).toISOString() };
  const value = texts.length > 0 ? findText(texts, prefix) : undefined;
  if (value !== undefined) return { value };
  if (texts.length === 0) {
    return {
      value: undefined,
      doubt: `The conditions contain an expression that is not decided: ${spell(attribute)}`,
    };
  }
  if (!canBeAbsent(texts, attribute)) {
    return { value: undefined, doubt: `The answer depends on a value of ${attribute} that is not a text.` };
  }
  const isCertain = /^(?:assertion|attribute|tag)\b/.test(attribute);
  const doubt = `The answer depends on a request without ${attribute}.`;
  return isCertain ? { value: undefined } : { value: undefined, doubt };
}

const spell = (dimension: string): string => dimension.replace(/^opaque /, '').slice(0, 200);
