import { knownAtSynth, list, shape, type Rule } from '../../core/rules';
import { quantity } from '../../kubernetes/quantity';
import { retryOptions, type RetryOptions } from '../state-machine/steps/retry';

/** Retries with more memory, after `GKE.OOMKilled` only. */
export interface MemoryEscalation {
  /** Two to six memory sizes in rising order. The first attempt uses the first size. */
  readonly memory: readonly string[];
}

/** Factories of retries, for example `{ 'GKE.OOMKilled': Retry.withMemory('2Gi', '4Gi') }`. */
export const Retry = Object.freeze({
  /**
   * Retries with the same resources.
   * @param attempts attempts after the first: 0 to 1,000
   */
  times: (attempts: number, options: Omit<RetryOptions, 'attempts'> = {}): RetryOptions => ({
    ...options,
    attempts,
  }),
  /** Retries a Job with the next memory size after each `GKE.OOMKilled`. */
  withMemory: (...memory: readonly string[]): MemoryEscalation => ({ memory }),
});

const memoryEscalation = shape<MemoryEscalation>({
  memory: knownAtSynth(list(knownAtSynth(quantity), { min: 2, max: 6 })),
});

/** A retry of a Job: a number of attempts, or memory sizes. */
export const jobRetry: Rule = (value, property, report) => {
  const isMemoryEscalation = typeof value === 'object' && value !== null && 'memory' in value;
  return (isMemoryEscalation ? memoryEscalation : retryOptions)(value, property, report);
};

export function isEscalation(options: RetryOptions | MemoryEscalation): options is MemoryEscalation {
  return 'memory' in options;
}
