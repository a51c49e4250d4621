import { Undecided } from './relation';

/** A statement about one dimension of a request, for example "the action is one of these". */
export interface Literal {
  /** Number that is equal for equal literals of the dimension only. */
  readonly id: number;
  readonly dimension: string;
}

/** A literal that holds, or that does not hold. */
export interface Signed<L extends Literal> {
  readonly literal: L;
  readonly holds: boolean;
}

/** Conjunction of literals: the requests that one statement of a document matches. */
export type Region<L extends Literal> = readonly Signed<L>[];

/** Whether a value of one dimension satisfies all literals. Literals of different dimensions are independent. */
export type IsPossible<L extends Literal> = (literals: readonly Signed<L>[]) => boolean;

/** Steps of one decision: realistic documents need fewer than 1,000. */
const MAX_STEPS = 20_000;

/** Literals of one dimension by id, with the key of their set. */
interface Constraint<L extends Literal> {
  readonly key: string;
  readonly literals: ReadonlyMap<number, Signed<L>>;
}

type Cube<L extends Literal> = ReadonlyMap<string, Constraint<L>>;

/**
 * Searches the requests that match one region and none of others. The search assumes the negation of one literal of
 * each excluded region, region by region, and never visits a request twice.
 */
export class RegionSearch<L extends Literal> {
  private readonly possible = new Map<string, boolean>();
  private steps = 0;

  constructor(private readonly isPossible: IsPossible<L>) {}

  /**
   * Literals that together describe requests in `region` and in no region of `excluded`. Each result satisfies every
   * dimension; all results together are all such requests.
   * @throws Undecided when the search takes more than 20,000 steps.
   */
  public *outside(
    region: Region<L>,
    excluded: readonly Region<L>[],
  ): Generator<readonly (readonly Signed<L>[])[]> {
    const cube = this.assume(new Map(), region);
    if (cube) yield* this.search(cube, excluded);
  }

  private *search(
    cube: Cube<L>,
    excluded: readonly Region<L>[],
  ): Generator<readonly (readonly Signed<L>[])[]> {
    if (++this.steps > MAX_STEPS) throw new Undecided('The documents have too many regions to compare.');
    const open: Region<L>[] = [];
    for (const region of excluded) {
      if (this.isDisjoint(cube, region)) continue;
      const undetermined = region.filter(({ literal, holds }) => this.add(cube, { literal, holds: !holds }));
      // The cube is inside the excluded region.
      if (undetermined.length === 0) return;
      open.push(undetermined);
    }
    const next = open.reduce<Region<L> | undefined>(
      (least, each) => (least && least.length <= each.length ? least : each),
      undefined,
    );
    if (!next) {
      yield [...cube.values()].map(({ literals }) => [...literals.values()]);
      return;
    }
    const rest = open.filter((each) => each !== next);
    let inside: Cube<L> | undefined = cube;
    for (const signed of next) {
      const branch: Cube<L> | undefined = this.add(inside, { literal: signed.literal, holds: !signed.holds });
      if (branch) yield* this.search(branch, rest);
      inside = this.add(inside, signed);
      if (!inside) return;
    }
  }

  private isDisjoint(cube: Cube<L>, region: Region<L>): boolean {
    return this.assume(cube, region) === undefined;
  }

  private assume(cube: Cube<L>, region: Region<L>): Cube<L> | undefined {
    return region.reduce<Cube<L> | undefined>((each, signed) => each && this.add(each, signed), cube);
  }

  /** The cube with one more literal; undefined if no request is left. */
  private add(cube: Cube<L>, signed: Signed<L>): Cube<L> | undefined {
    const { dimension, id } = signed.literal;
    const constraint = cube.get(dimension);
    const known = constraint?.literals.get(id);
    if (known) return known.holds === signed.holds ? cube : undefined;
    const literals = new Map(
      [...(constraint?.literals ?? []), [id, signed] as const].sort(([a], [b]) => a - b),
    );
    const ids = [...literals.values()].map((each) => (each.holds ? each.literal.id : ~each.literal.id));
    const key = `${dimension} ${ids.join()}`;
    let possible = this.possible.get(key);
    if (possible === undefined) {
      possible = this.isPossible([...literals.values()]);
      this.possible.set(key, possible);
    }
    return possible ? new Map(cube).set(dimension, { key, literals }) : undefined;
  }
}
