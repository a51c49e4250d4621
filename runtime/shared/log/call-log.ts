import type { Clock, Retry } from '../http/retry';
import type { Facts, Log } from './log';

/** The lines of one call: one at its end, and one for each retry. */
export class CallLog {
  private readonly start: number;

  /** @param facts what is known of the call from the beginning */
  constructor(
    private readonly log: Log,
    private readonly clock: Clock,
    private facts: Facts,
  ) {
    this.start = clock.now();
  }

  /** Adds to what each line from now on says. */
  public about(facts: Facts): void {
    this.facts = { ...this.facts, ...facts };
  }

  public readonly retry = (retry: Retry): void => this.log.warn('retried', { ...this.facts, ...retry });

  public answered(outcome: Facts): void {
    this.log.info('answered', { ...this.facts, ...outcome, milliseconds: this.milliseconds() });
  }

  public failed({ name: error, message: reason }: Error): void {
    this.log.info('failed', { ...this.facts, error, reason, milliseconds: this.milliseconds() });
  }

  private milliseconds(): number {
    return this.clock.now() - this.start;
  }
}
