import type { Literal, Region } from './regions';

/** Requests that the statements of a policy allow and deny. A denial wins. */
export interface PolicyRegions<L extends Literal> {
  readonly allow: readonly Region<L>[];
  readonly deny: readonly Region<L>[];
}

/** Pairs of a region of requests that A allows and of regions that a witness is not in. */
export function* witnessSearches<L extends Literal>(
  a: PolicyRegions<L>,
  b: PolicyRegions<L>,
): Generator<readonly [region: Region<L>, excluded: readonly Region<L>[]]> {
  for (const allowed of a.allow) {
    yield [allowed, [...a.deny, ...b.allow]];
    for (const denied of b.deny) yield [[...allowed, ...denied], a.deny];
  }
}
