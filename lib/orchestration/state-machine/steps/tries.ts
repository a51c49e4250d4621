import type { Retrier } from '../asl/states';

/** Runs of a job of one length. */
export interface JobTries {
  readonly count: number;
  /** Longest duration of one run in seconds. */
  readonly seconds: number;
}

/** Largest number of repeats that retriers allow: each retrier counts for itself. */
export function repeatsOf(retriers: readonly Retrier[]): number {
  return retriers.reduce((sum, { MaxAttempts = 3 }) => sum + MaxAttempts, 0);
}

/** Longest sum of the pauses before the repeats, in seconds. */
export function pauseSecondsOf(retriers: readonly Retrier[]): number {
  return retriers.reduce((sum, each) => sum + pausesOf(each), 0);
}

// The defaults are those of the States Language. https://states-language.net/spec.html#errors
function pausesOf({
  IntervalSeconds = 1,
  BackoffRate = 2,
  MaxAttempts = 3,
  MaxDelaySeconds,
}: Retrier): number {
  let sum = 0;
  let pause = IntervalSeconds;
  for (let repeat = 0; repeat < MaxAttempts; repeat += 1) {
    sum += Math.min(pause, MaxDelaySeconds ?? Infinity);
    pause = Math.min(pause * BackoffRate, MaxDelaySeconds ?? Infinity);
  }
  return sum;
}

/** Longest duration of a step with its repeats, in seconds. */
export function totalSecondsOf(seconds: number, retriers: readonly Retrier[]): number {
  return seconds * (1 + repeatsOf(retriers)) + pauseSecondsOf(retriers);
}
