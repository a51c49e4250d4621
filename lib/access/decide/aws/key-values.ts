import type { KeyLiteral } from './literals';
import { findValue, type ValueClaim } from './values/find-value';
import { holdsFor, type Predicate } from './values/predicate';

/** A literal about a key, or its negation. */
export interface KeyClaim {
  readonly literal: KeyLiteral;
  readonly holds: boolean;
}

/** Values of one key in a request. */
export interface KeyAnswer {
  /** Symbols of each value; none for a request without the key. */
  readonly values: readonly (readonly string[])[];
  readonly doubt?: string;
}

/** Results of literals, where undefined is a result that AWS does not document. */
function answer(
  claims: readonly KeyClaim[],
  values: KeyAnswer['values'],
  result: (literal: KeyLiteral) => boolean | undefined,
  doubt: string,
): KeyAnswer | undefined {
  const results = claims.map(({ literal, holds }) => [result(literal), holds] as const);
  if (results.some(([actual, wanted]) => actual !== undefined && actual !== wanted)) return undefined;
  return { values, ...(results.some(([actual]) => actual === undefined) && { doubt }) };
}

function withoutKey(claims: readonly KeyClaim[]): KeyAnswer | undefined {
  return answer(
    claims,
    [],
    (literal) => (literal.quantifier === 'absent' ? true : literal.ifAbsent),
    'AWS does not document the result of ForAnyValue with IfExists for a request without the key.',
  );
}

/** The claims on the value of a key with one value: the set operators do not differ then. */
function claimsOnOne(claims: readonly KeyClaim[]): readonly ValueClaim[] | undefined {
  if (claims.some(({ literal, holds }) => literal.quantifier === 'absent' && holds)) return undefined;
  return claims.flatMap(({ literal: { predicate }, holds }) => (predicate ? [{ predicate, holds }] : []));
}

function withOneValue(claims: readonly KeyClaim[], readers: readonly Predicate[]): KeyAnswer | undefined {
  const onOne = claimsOnOne(claims);
  const found = onOne && findValue(onOne, readers);
  return found && { values: [found.symbols], ...(found.doubt !== undefined && { doubt: found.doubt }) };
}

/**
 * The empty text is a value for an operator without set operator, and no value for a set operator:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function withEmptyValue(claims: readonly KeyClaim[]): KeyAnswer | undefined {
  if (claims.some(({ literal }) => literal.predicate?.kind === 'domain')) return undefined;
  return answer(
    claims,
    [[]],
    ({ quantifier, predicate, ifAbsent }) => {
      if (quantifier === 'absent' || !predicate) return undefined;
      return quantifier === 'one' ? holdsFor(predicate, '') : ifAbsent;
    },
    'AWS does not document whether a key with an empty value is absent.',
  );
}

/** Several values: each has the properties that all must have, and for each other property there is a value. */
function withSeveralValues(
  claims: readonly KeyClaim[],
  readers: readonly Predicate[],
): KeyAnswer | undefined {
  if (claims.some(({ literal, holds }) => literal.quantifier === 'absent' && holds)) return undefined;
  const each: ValueClaim[] = [];
  const some: ValueClaim[] = [];
  for (const { literal, holds } of claims) {
    const { predicate, quantifier } = literal;
    if (!predicate || (quantifier !== 'all' && quantifier !== 'any')) continue;
    ((quantifier === 'all') === holds ? each : some).push({ predicate, holds });
  }
  const found = (some.length === 0 ? [[]] : some.map((claim) => [claim])).map((claim) =>
    findValue([...each, ...claim], readers),
  );
  const values = found.filter((value) => value !== undefined);
  if (values.length < found.length) return undefined;
  const doubt = claims.some(({ literal }) => literal.quantifier === 'one')
    ? 'AWS does not document an operator without set operator on a key with several values.'
    : values.find((value) => value.doubt !== undefined)?.doubt;
  return { values: values.map(({ symbols }) => symbols), ...(doubt !== undefined && { doubt }) };
}

/**
 * Values of a key that satisfy all claims, for certain where possible; undefined if there are none.
 * @param isMultivalued - whether a request may have several values for the key
 * @param readers - predicates of both documents that read the key
 */
export function findValues(
  claims: readonly KeyClaim[],
  isMultivalued: boolean,
  readers: readonly Predicate[],
): KeyAnswer | undefined {
  const forms = [withOneValue, withoutKey, withEmptyValue, ...(isMultivalued ? [withSeveralValues] : [])];
  let proposal: KeyAnswer | undefined;
  for (const form of forms) {
    const found = form(claims, readers);
    if (found && found.doubt === undefined) return found;
    proposal ??= found;
  }
  return proposal;
}
