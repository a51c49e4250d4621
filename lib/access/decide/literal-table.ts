import type { Literal } from './regions';

type WithoutId<L> = L extends Literal ? Omit<L, 'id'> : never;

/** Literals of one decision. Equal spellings give one literal, so that both documents share it. */
export class LiteralTable<L extends Literal> {
  private readonly known = new Map<string, L>();

  /** The literal of a spelling. `make` is called when the spelling is new. */
  public of(spelling: string, make: () => WithoutId<L>): L {
    const known = this.known.get(spelling);
    if (known) return known;
    // A literal without its id becomes complete with one.
    const literal = { ...make(), id: this.known.size } as unknown as L;
    this.known.set(spelling, literal);
    return literal;
  }
}
