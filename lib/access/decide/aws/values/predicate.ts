import { matches } from '../../patterns/automaton';
import type { TextSet } from '../../patterns/text-set';
import type { Domain } from './domain';

/** Property of one value of a condition key. */
export type Predicate = TextPredicate | DomainPredicate;

/** The value is in a set of texts. */
export interface TextPredicate {
  readonly kind: 'text';
  readonly set: TextSet;
}

/** The value compares with points of a domain. */
export interface DomainPredicate {
  readonly kind: 'domain';
  readonly domain: Domain<unknown>;
  /** Values where the result may change. */
  readonly points: readonly unknown[];
  readonly test: (value: unknown) => boolean;
}

/** A predicate on values of one domain, without the type of its values. */
export function domainPredicate<T>(
  domain: Domain<T>,
  points: readonly T[],
  test: (value: T) => boolean,
): DomainPredicate {
  return {
    kind: 'domain',
    domain: domain as Domain<unknown>,
    points,
    test: test as (value: unknown) => boolean,
  };
}

/** Whether a text has the property; undefined if AWS does not document that. */
export function holdsFor(predicate: Predicate, text: string): boolean | undefined {
  if (predicate.kind === 'text') {
    return predicate.set.hasVariables ? undefined : matches(predicate.set.automaton('same'), text);
  }
  const value = predicate.domain.read(text);
  return value === undefined ? undefined : predicate.test(value);
}
