/** Answer to the question whether everything that document A allows is allowed by document B. */
export type Relation<W = unknown> = Within | Broader<W> | UnknownRelation;

/** B allows every request that A allows. */
export interface Within {
  /** Word of the answer. */
  readonly relation: 'within';
}

/** A allows a request that B does not allow. */
export interface Broader<W = unknown> {
  /** Word of the answer. */
  readonly relation: 'broader';
  /** A request that A allows and B does not. A second, independent evaluation has confirmed it. */
  readonly witness: W;
}

/** The documents contain something that this library does not decide. A gate treats this as broader. */
export interface UnknownRelation {
  /** Word of the answer. */
  readonly relation: 'unknown';
  /** Sentence that names what is not decided. */
  readonly reason: string;
}

/** Thrown inside a decision when a document cannot be decided. `decide` turns it into `unknown`. */
export class Undecided extends Error {}

export const within: Within = { relation: 'within' };

export function unknown(reason: string): UnknownRelation {
  return { relation: 'unknown', reason };
}

/** Reason that only a defect of this library causes. */
export const DISAGREEMENT =
  'The evaluation of the witness disagrees with the decision. Report this pair of documents.';
