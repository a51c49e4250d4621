import type { Literal, Region, Signed } from '../regions';
import { variablesOf } from '../patterns/pattern';
import type { TextSet } from '../patterns/text-set';
import type { Predicate } from './values/predicate';

/** Parts of a request that are one text. */
export type Part = 'principal' | 'action' | 'resource';

/** The part is in a set. */
export interface PartLiteral extends Literal {
  readonly kind: 'part';
  readonly part: Part;
  readonly set: TextSet;
}

/**
 * The values of a condition key.
 * - `one`: the key has one value, with the property.
 * - `all`: each value has the property; `any`: one value has it.
 * - `absent`: the key has no value.
 */
export interface KeyLiteral extends Literal {
  readonly kind: 'key';
  readonly key: string;
  readonly quantifier: 'one' | 'all' | 'any' | 'absent';
  /** Result for a request without the key; undefined where AWS does not document it. */
  readonly ifAbsent: boolean | undefined;
  readonly predicate: Predicate | undefined;
}

/** Something that is not understood. It is true or false, and the same in both documents. */
export interface OpaqueLiteral extends Literal {
  readonly kind: 'opaque';
  readonly reason: string;
}

export type AwsLiteral = PartLiteral | KeyLiteral | OpaqueLiteral;
export type AwsSigned = Signed<AwsLiteral>;

/** Requests that an element matches: those of one region or another. */
export type Alternatives = readonly Region<AwsLiteral>[];

export const holds = (literal: AwsLiteral): AwsSigned => ({ literal, holds: true });
export const fails = (literal: AwsLiteral): AwsSigned => ({ literal, holds: false });

type WithoutIdentity<L> = L extends Literal ? Omit<L, 'id' | 'dimension'> : never;

/** Literals of one decision. Equal spellings give one literal, so that both documents share it. */
export class Literals {
  private readonly known = new Map<string, AwsLiteral>();

  /** The literal of a spelling. `make` is called when the spelling is new. */
  public of(spelling: string, make: () => WithoutIdentity<AwsLiteral>): AwsLiteral {
    const known = this.known.get(spelling);
    if (known) return known;
    const made = make();
    const id = this.known.size;
    const literal: AwsLiteral = { ...made, id, dimension: dimensionOf(made, id) };
    this.known.set(spelling, literal);
    return literal;
  }

  public opaque(spelling: string, reason: string): AwsLiteral {
    return this.of(`opaque ${spelling}`, () => ({ kind: 'opaque', reason }));
  }

  /** Keys whose requests may have several values, in lower case: conditions use set operators on them. */
  public get multivaluedKeys(): ReadonlySet<string> {
    const literals = [...this.known.values()];
    return new Set(
      literals.flatMap((each) =>
        each.kind === 'key' && (each.quantifier === 'all' || each.quantifier === 'any') ? [each.key] : [],
      ),
    );
  }

  /** Predicates that read a key. */
  public predicatesOf(key: string): readonly Predicate[] {
    return [...this.known.values()].flatMap((each) =>
      each.kind === 'key' && each.key === key && each.predicate ? [each.predicate] : [],
    );
  }

  /** Names of all policy variables. */
  public get variables(): ReadonlySet<string> {
    const sets = [...this.known.values()].flatMap((each) => {
      if (each.kind === 'part') return [each.set];
      return each.kind === 'key' && each.predicate?.kind === 'text' ? [each.predicate.set] : [];
    });
    return new Set(sets.flatMap(({ patterns }) => patterns.flatMap(variablesOf)));
  }
}

function dimensionOf(literal: WithoutIdentity<AwsLiteral>, id: number): string {
  switch (literal.kind) {
    case 'part':
      return literal.part;
    case 'key':
      return `key ${literal.key}`;
    case 'opaque':
      return `opaque ${id}`;
  }
}
