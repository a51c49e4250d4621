import { glob } from '../../patterns/pattern';
import { findInSets, TextSet } from '../../patterns/text-set';
import { holdsFor, type DomainPredicate, type Predicate, type TextPredicate } from './predicate';

/** Claim that a value has a property, or that it has not. */
export interface ValueClaim {
  readonly predicate: Predicate;
  readonly holds: boolean;
}

/** A value that satisfies claims, as symbols. */
export interface FoundValue {
  readonly symbols: readonly string[];
  /** Reason why the value is only a proposal; undefined for a value that satisfies the claims for certain. */
  readonly doubt?: string;
}

const NON_EMPTY = new TextSet([glob('?*')]);

/**
 * A value, not empty, that satisfies all claims; undefined if there is none.
 *
 * @param readers predicates that read the value too, so that it is one of their domain where the claims leave a choice
 */
export function findValue(
  claims: readonly ValueClaim[],
  readers: readonly Predicate[],
): FoundValue | undefined {
  const text = claims.filter((claim) => claim.predicate.kind === 'text');
  const domains = [
    ...new Set(claims.flatMap(({ predicate }) => ('domain' in predicate ? [predicate.domain] : []))),
  ];
  const sampled = findSample(claims, readers);
  if (sampled) return sampled;
  if (domains.length === 0) return findTextValue(claims);
  if (text.length === 0 && domains.length === 1) return undefined;
  return findMixedValue(claims);
}

function findTextValue(claims: readonly ValueClaim[]): FoundValue | undefined {
  const sets = claims.map(({ predicate, holds }) => ({ set: (predicate as TextPredicate).set, holds }));
  const symbols = findInSets([...sets, { set: NON_EMPTY, holds: true }]);
  if (!symbols) return undefined;
  const doubtful = sets.some(({ set }) => set.hasVariables);
  return { symbols, ...(doubtful && { doubt: 'A policy variable has a value that only a request tells.' }) };
}

const satisfies = (claims: readonly ValueClaim[], text: string): boolean =>
  claims.every(({ predicate, holds }) => holdsFor(predicate, text) === holds);

/** A sample of one of the domains: their points, and the values between them. */
function findSample(claims: readonly ValueClaim[], readers: readonly Predicate[]): FoundValue | undefined {
  const predicates = [...claims.map(({ predicate }) => predicate), ...readers].filter(
    (predicate) => predicate.kind === 'domain',
  );
  for (const domain of new Set(predicates.map((each) => each.domain))) {
    const points = predicates
      .filter((each: DomainPredicate) => each.domain === domain)
      .flatMap((each) => each.points);
    const text = domain
      .samples(points)
      .map((value) => domain.write(value))
      .find((each) => satisfies(claims, each));
    if (text !== undefined) return { symbols: [...text] };
  }
  return undefined;
}

/** A value of claims that read it in more than one way, for example as text and as number. */
function findMixedValue(claims: readonly ValueClaim[]): FoundValue | undefined {
  const finite = claims.flatMap(({ predicate, holds }) =>
    predicate.kind === 'text' && holds && predicate.set.texts ? [predicate.set.texts] : [],
  )[0];
  const doubt = 'Conditions read one key in more than one way, for example as text and as number.';
  if (!finite) return { symbols: [], doubt };
  const possible = finite.filter((text) =>
    claims.every(({ predicate, holds }) => [holds, undefined].includes(holdsFor(predicate, text))),
  );
  const certain = possible.find((text) => satisfies(claims, text));
  if (certain !== undefined) return { symbols: [...certain] };
  return possible[0] === undefined ? undefined : { symbols: [...possible[0]], doubt };
}
