import type { Retrier } from '../asl/states';

/** Longest pause between two calls, in seconds. */
const SHORTEST_LIMIT = 60;
const LONGEST_LIMIT = 3_600;

/** Each call adds three events to the history, which has room for 25,000. */
const MAX_CALLS = 500;

/**
 * Retries of a call that may be repeated: named ends are final, and every other error decides nothing about the job. The
 * calls continue for `seconds`, or for 500 calls. `States.ALL` covers all errors of Lambda: `Lambda.Unknown` of a crashed
 * runtime and `Lambda.ResourceNotReadyException` are examples.
 * https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
 */
export function retryUndecided(ends: readonly string[], seconds: number): Retrier[] {
  const maxDelaySeconds = Math.min(LONGEST_LIMIT, Math.max(SHORTEST_LIMIT, Math.ceil(seconds / 100)));
  // With full jitter a pause takes half of its limit on average.
  const calls = Math.ceil((2 * seconds) / maxDelaySeconds);
  return [
    { ErrorEquals: [...new Set(ends)], MaxAttempts: 0 },
    {
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: Math.min(MAX_CALLS, calls),
      MaxDelaySeconds: maxDelaySeconds,
      JitterStrategy: 'FULL',
    },
  ];
}
