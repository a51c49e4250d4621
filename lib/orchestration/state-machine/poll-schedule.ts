import { integer, knownAtSynth, optional, rule, shape, type Rule } from '../../core/rules';
import type { PollSchedule } from '../../contracts/jobs';

/** Poll schedule of a Job. */
export interface PollOptions {
  /**
   * Seconds before the first look: 1 to 3,600.
   * @default 10
   */
  readonly initialSeconds?: number;
  /**
   * Factor of the wait after each poll: 1 to 10.
   * @default 1.5
   */
  readonly factor?: number;
  /**
   * Longest wait in seconds: 1 to 3,600.
   * @default 300
   */
  readonly maxSeconds?: number;
}

export const poll: Rule = shape<PollOptions>({
  initialSeconds: optional(knownAtSynth(integer(1, 3_600))),
  factor: optional(
    knownAtSynth(
      rule('be a number from 1 to 10', (value) => typeof value === 'number' && value >= 1 && value <= 10),
    ),
  ),
  maxSeconds: optional(knownAtSynth(integer(1, 3_600))),
});

export function scheduleOf({
  initialSeconds = 10,
  factor = 1.5,
  maxSeconds = 300,
}: PollOptions = {}): PollSchedule {
  return { initialSeconds, factor, maxSeconds: Math.max(initialSeconds, maxSeconds) };
}

/** Cost of the wait for a Job. */
export interface PollingCost {
  /** Calls of the bridge, the submit among them. */
  readonly calls: number;
  /** State transitions of the step, all of its states counted. */
  readonly transitions: number;
}

// The Parallel, the attempt, the submit and the result.
const FIXED_TRANSITIONS = 4;

/**
 * Returns the maximum cost of a Job by its duration, counted in the states that a `GkeJobStep` renders.
 * @param seconds how long the Job takes, from its submission
 */
export function estimatePollingCost(seconds: number, options: PollOptions = {}): PollingCost {
  const { initialSeconds, factor, maxSeconds } = scheduleOf(options);
  let transitions = FIXED_TRANSITIONS;
  let calls = 1;
  let wait = initialSeconds;
  let isLong = false;
  const look = () => {
    seconds -= wait;
    calls += 1;
    transitions += 2;
    wait = seconds <= 0 ? 0 : Math.min(maxSeconds, Math.ceil(wait * factor));
  };
  do {
    if (isLong) look();
    look();
    // The choice that follows.
    transitions += 1;
    isLong = wait >= maxSeconds;
  } while (seconds > 0);
  return { calls, transitions };
}
