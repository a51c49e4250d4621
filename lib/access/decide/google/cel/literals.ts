import type { LiteralTable } from '../../literal-table';
import type { TextSet } from '../../patterns/text-set';
import type { Literal, Region, Signed } from '../../regions';

/** Claim on a text attribute: the truth for each value that it can have. */
export interface TextLiteral extends Literal {
  readonly kind: 'text';
  /** Truth for a request without the attribute. */
  readonly absent: boolean;
  /** Truth for a value of another type; undefined where it depends on the version of CEL. */
  readonly other: boolean | undefined;
  /** Truth for texts of the set. */
  readonly inside: boolean;
  readonly set: TextSet;
}

/** Claim on `request.time`, in milliseconds. */
export interface TimeLiteral extends Literal {
  readonly kind: 'time';
  readonly operator: string;
  readonly at: number;
}

/** An expression that is not understood gives this result. It has the same result in both conditions. */
export interface OpaqueLiteral extends Literal {
  readonly kind: 'opaque';
  readonly result: boolean;
}

export type CelLiteral = TextLiteral | TimeLiteral | OpaqueLiteral;
export type CelSigned = Signed<CelLiteral>;
export type CelTable = LiteralTable<CelLiteral>;
/** Requests for which an expression has a result: those of one region or another. */
export type Alternatives = readonly Region<CelLiteral>[];
