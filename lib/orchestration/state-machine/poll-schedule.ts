import {
  exceeds,
  integer,
  knownAtSynth,
  optional,
  rule,
  shape,
  type Report,
  type Rule,
} from '../../core/rules';
import type { PollSchedule } from '../../contracts/jobs';
import type { JobTries } from './steps/tries';

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
   * @default - 300, and longer where all attempts would else fill the history of the execution
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

/** Rejects a wait that is longer than the step: the step would detect its time-out late. */
export function checkPollWithin(options: PollOptions = {}, timeoutSeconds: number, report: Report): void {
  for (const name of ['initialSeconds', 'maxSeconds'] as const) {
    if (!exceeds(options[name], timeoutSeconds)) continue;
    report({
      property: `poll.${name}`,
      value: options[name],
      rule: `not exceed timeoutSeconds (${timeoutSeconds}) of the step`,
      fix: 'Set a shorter interval or a longer timeoutSeconds.',
    });
  }
}

/** Limits of a schedule that adapts to the job. */
export interface PollLimits {
  /** All runs that the step may start. */
  readonly tries: readonly JobTries[];
  /** History events that the step may write. */
  readonly eventBudget: number;
  /**
   * Longest wait that the job allows, in seconds.
   * @default 7,200
   */
  readonly longestWait?: number;
}

const LONGEST_WAIT = 7_200;

/**
 * Adapts a longest wait that the user did not set: at most what the job allows, and long enough that all runs of the job
 * are within the event budget.
 */
export function scheduleWithin(
  options: PollOptions = {},
  { tries, eventBudget, longestWait = LONGEST_WAIT }: PollLimits,
): PollSchedule {
  let schedule = scheduleOf(options);
  if (options.maxSeconds !== undefined) return schedule;
  const limit = Math.max(schedule.initialSeconds, Math.min(LONGEST_WAIT, longestWait));
  schedule = { ...schedule, maxSeconds: Math.min(limit, schedule.maxSeconds) };
  while (schedule.maxSeconds < limit && pollingEvents(tries, schedule) > eventBudget) {
    schedule = { ...schedule, maxSeconds: Math.min(limit, Math.ceil(schedule.maxSeconds * 1.25)) };
  }
  return schedule;
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

/*
 * Events of the states that run once in an attempt: the Parallel 4, attempt 2, submit 5, two validations 4, token and
 * callback 8, result 2.
 */
const FIXED_EVENTS = 25;
const EVENTS_OF_POLL = 7;
const EVENTS_OF_CHOICE = 2;

/**
 * Returns the largest number of history events of all runs of a job. A wait and a Choice have two events each, and a call
 * of a function has five. https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export function pollingEvents(tries: readonly JobTries[], options: PollOptions): number {
  return tries.reduce((sum, { count, seconds }) => {
    const { calls, transitions } = estimatePollingCost(seconds, options);
    const polls = calls - 1;
    const choices = transitions - FIXED_TRANSITIONS - 2 * polls;
    return sum + count * (FIXED_EVENTS + EVENTS_OF_POLL * polls + EVENTS_OF_CHOICE * choices);
  }, 0);
}
