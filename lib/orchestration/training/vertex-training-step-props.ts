import type { PollOptions } from '../state-machine/poll-schedule';
import type { IVertexTrainingTarget } from './vertex-training-target-props';
import type { RetryByError } from '../state-machine/steps/retry';
import type { VertexJob } from './vertex-job';

/** What is known and accepted of a training. */
export interface TrainingAcknowledgements {
  /**
   * Why the image is named by a tag.
   * @default - an image without a digest is refused
   */
  readonly imageByTag?: string;
  /**
   * Why another job may run beside one whose end was not seen: needed to `retry` on `States.ALL`, on errors of Lambda,
   * and on a control plane that does not answer.
   * @default - such a retry is refused
   */
  readonly overlappingJobs?: string;
}

/** Props of a `VertexTrainingStep`. */
export interface VertexTrainingStepProps {
  /** Where it is trained, and as whom. */
  readonly target: IVertexTrainingTarget;
  /** Job: `VertexJob.custom({ … })` or `VertexJob.pipeline({ … })`, of the kind that the target submits. */
  readonly job: VertexJob;
  /**
   * Errors of the container by exit code, 1 to 255: `{ 3: 'NoNewData' }`. Other codes are `Vertex.JobFailed`.
   * @default - none has a name
   */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /**
   * Other jobs, by the name of the error. `Vertex.Unschedulable` is tried three times unless something else is said.
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
   * When it is looked at.
   * @default - after 30 seconds, then 1.5 times as long each, up to 300
   */
  readonly poll?: PollOptions;
  /**
   * What is taken of the result (`job`, `outputUri`, `endTime`, …).
   * @default - all
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Where it is put into the input.
   * @default - it takes the place of the input
   */
  readonly resultPath?: string;
  /**
   * What is known and accepted.
   * @default - nothing
   */
  readonly acknowledge?: TrainingAcknowledgements;
}
