import type { Retrier } from '../../../lib/orchestration/state-machine/asl/states';

/** Events that come at a constant rate. */
export interface Burst {
  readonly events: number;
  readonly seconds: number;
}

/** Token bucket of an API. */
export interface Quota {
  readonly bucket: number;
  readonly perSecond: number;
}

interface Attempt {
  readonly at: number;
  readonly repeats: number;
}

/** Pseudorandom numbers from 0 to 1, the same in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296) / 4_294_967_296;
}

/** Calls of the API by events that repeat rejected calls. Returns the events without a successful call. */
export function simulateBurst({ events, seconds }: Burst, quota: Quota, retrier: Retrier, seed: number) {
  const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds = Infinity } = retrier;
  const next = random(seed);
  // Attempts by tenth of a second: the order within one does not matter.
  const slots: Attempt[][] = [];
  const add = (attempt: Attempt) => (slots[Math.floor(attempt.at * 10)] ??= []).push(attempt);
  for (let index = 0; index < events; index += 1) add({ at: (index * seconds) / events, repeats: 0 });
  let tokens = quota.bucket;
  let failed = 0;
  let last = 0;
  for (let slot = 0; slot < slots.length; slot += 1) {
    tokens = Math.min(quota.bucket, tokens + quota.perSecond / 10);
    for (const { at, repeats } of slots[slot] ?? []) {
      if (tokens >= 1) {
        tokens -= 1;
        last = slot / 10;
      } else if (repeats === MaxAttempts) failed += 1;
      else {
        const wait = Math.min(IntervalSeconds * BackoffRate ** repeats, MaxDelaySeconds) * next();
        add({ at: Math.max(at + wait, (slot + 1) / 10), repeats: repeats + 1 });
      }
    }
  }
  return { failed, seconds: Math.round(last) };
}
