import type { PollOptions } from '../state-machine/poll-schedule';
import type { IVertexTrainingTarget } from './vertex-training-target-props';
import type { RetryByError } from '../state-machine/steps/retry';
import type { VertexJob } from './vertex-job';

/** Safety checks of a training to override. */
export interface TrainingAcknowledgements {
  /**
   * Reason for an image with a tag and without a digest.
   * @default - an image without a digest is rejected
   */
  readonly imageByTag?: string;
  /**
   * Reason why two jobs may run at the same time. Required for a `retry` of `States.ALL`, of errors of Lambda and of an
   * unavailable control plane, after which the first job can still run.
   * @default - such a retry is rejected
   */
  readonly overlappingJobs?: string;
}

/** Props of a `VertexTrainingStep`. */
export interface VertexTrainingStepProps {
  /** Target that runs the job. */
  readonly target: IVertexTrainingTarget;
  /** Job: `VertexJob.custom({ … })` or `VertexJob.pipeline({ … })`, of the kind that the target submits. */
  readonly job: VertexJob;
  /**
   * Errors of the container by exit code, 1 to 255: `{ 3: 'NoNewData' }`. Other codes are `Vertex.JobFailed`.
   * @default - none has a name
   */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /**
   * Retries per error name, each with a new job. `Vertex.Unschedulable` has three retries by default.
   * @default - lack of machines alone
   */
  readonly retry?: RetryByError;
  /**
   * Seconds that a custom job may run, 60 to 604,800 (seven days); Vertex AI ends it then: `Vertex.DeadlineExceeded`.
   * @default 86400 (a day), or `timeoutSeconds` where that is less
   */
  readonly deadlineSeconds?: number;
  /**
   * Seconds from the submission after which the job is cancelled, a wait for machines included.
   * @default - `deadlineSeconds` and an hour
   */
  readonly timeoutSeconds?: number;
  /**
   * Poll schedule.
   * @default - after 30 seconds, then 1.5 times as long each, up to 300, or more where the history of the execution needs it
   */
  readonly poll?: PollOptions;
  /**
   * Selection of fields of the result (`job`, `outputUri`, `endTime`, …).
   * @default - all
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Reference path of the result in the input.
   * @default - the result replaces the input
   */
  readonly resultPath?: string;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: TrainingAcknowledgements;
}
