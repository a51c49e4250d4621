import type { GkeJobStepProps } from './gke-job-step-props';

const TEN_MINUTES = 600;
const ONE_HOUR = 3_600;
const ONE_DAY = 86_400;

/** Time limits of a Job in seconds. */
export interface JobTimes {
  readonly deadlineSeconds: number;
  readonly pendingSeconds: number;
  /** From the submission, a wait in a queue included. */
  readonly timeoutSeconds: number;
  readonly ttlSeconds: number;
}

/** Time limits of a step, with their defaults. */
export function jobTimesOf({ target, queue = target.queue, ...given }: GkeJobStepProps): JobTimes {
  const { deadlineSeconds = ONE_HOUR, pendingSeconds = TEN_MINUTES, ttlSeconds = ONE_DAY } = given;
  const queued = queue === undefined ? 0 : ONE_DAY;
  const { timeoutSeconds = deadlineSeconds + pendingSeconds + TEN_MINUTES + queued } = given;
  return { deadlineSeconds, pendingSeconds, timeoutSeconds, ttlSeconds };
}
