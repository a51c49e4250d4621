import { DISAGREEMENT, unknown, within, type Relation } from './relation';

/** Proposals without a confirmation after which a decision ends as unknown. */
const MOST = 64;

/** Reasons why proposed witnesses were not confirmed. */
export class Doubts {
  private first?: string;
  private count = 0;

  /** Adds a reason, and returns whether the decision must end. */
  public add(reason = DISAGREEMENT): boolean {
    this.first ??= reason;
    this.count += 1;
    return this.count >= MOST;
  }

  /** Answer when no witness is confirmed. */
  public get answer(): Relation<never> {
    return this.first === undefined ? within : unknown(this.first);
  }
}
