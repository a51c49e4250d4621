import { integer, knownAtSynth, optional, record, rule, shape, type Rule } from '../../../core/rules';
import { errorName } from './error-names';
import type { Retrier } from '../asl/states';

/** Number and intervals of retries. */
export interface RetryOptions {
  /** Attempts after the first: 0 to 1,000. */
  readonly attempts: number;
  /**
   * Seconds before the first retry: 1 to 86,400.
   * @default 30
   */
  readonly intervalSeconds?: number;
  /**
   * Factor of the interval after each attempt: 1 to 10.
   * @default 2
   */
  readonly backoffRate?: number;
  /**
   * Longest interval in seconds: 1 to 86,400.
   * @default 300
   */
  readonly maxDelaySeconds?: number;
}

/** Retries per error name: `{ "GKE.Evicted": { attempts: 3 } }`. */
export type RetryByError = Readonly<Record<string, RetryOptions>>;

export const retryOptions: Rule = shape<RetryOptions>({
  attempts: knownAtSynth(integer(0, 1_000)),
  intervalSeconds: optional(knownAtSynth(integer(1, 86_400))),
  backoffRate: optional(
    knownAtSynth(
      rule('be a number from 1 to 10', (value) => typeof value === 'number' && value >= 1 && value <= 10),
    ),
  ),
  maxDelaySeconds: optional(knownAtSynth(integer(1, 86_400))),
});

export const retries: Rule = record(errorName, retryOptions);

/** One retrier, with a random part in each interval so that executions that fail together do not come back together. */
export function retrier(errors: readonly string[], options: RetryOptions): Retrier {
  return {
    ErrorEquals: errors,
    IntervalSeconds: options.intervalSeconds ?? 30,
    BackoffRate: options.backoffRate ?? 2,
    MaxAttempts: options.attempts,
    MaxDelaySeconds: Math.max(options.maxDelaySeconds ?? 300, options.intervalSeconds ?? 30),
    JitterStrategy: 'FULL',
  };
}

/**
 * The retriers of a state. Step Functions uses the first retrier that matches, and accepts `States.ALL` only at the end.
 * @param retry retries of the user, by error name
 * @param own retriers of the step: after named errors of the user, before `States.ALL`
 */
export function retriersOf(retry: RetryByError = {}, own: readonly Retrier[] = []): Retrier[] {
  const { 'States.ALL': all, ...named } = retry;
  return [
    ...Object.entries(named).map(([name, options]) => retrier([name], options)),
    ...own,
    ...(all === undefined ? [] : [retrier(['States.ALL'], all)]),
  ];
}
