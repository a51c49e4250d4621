import type { PollOptions } from '../state-machine/poll-schedule';
import type { IVertexTrainingTarget } from './vertex-training-target-props';
import type { RetryByError } from '../state-machine/steps/retry';

/** GPUs of each machine. */
export interface TrainingGpus {
  /** Type in Vertex AI's words, for example `NVIDIA_L4`. */
  readonly type: string;
  /** How many: 1 to 16. */
  readonly count: number;
}

/** One container on one or more machines. https://cloud.google.com/vertex-ai/docs/training/create-custom-job */
export interface CustomTraining {
  /** Image, by digest. */
  readonly image: string;
  /** Machine type, for example `n1-standard-8`. */
  readonly machineType: string;
  /**
   * GPUs of each machine.
   * @default - none
   */
  readonly gpus?: TrainingGpus;
  /**
   * Number of machines: 1 to 1,000.
   * @default 1
   */
  readonly machines?: number;
  /**
   * Command.
   * @default - that of the image
   */
  readonly command?: readonly string[];
  /**
   * Arguments.
   * @default - those of the image
   */
  readonly args?: readonly string[];
  /**
   * Arguments that are known when the step runs: a path or an intrinsic function that gives a list of texts.
   * @default - `args`
   */
  readonly argsPath?: string;
  /**
   * Environment variables. A name that ends in `.$` has a path as its value.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A compiled pipeline. https://cloud.google.com/vertex-ai/docs/pipelines/run-pipeline */
export interface PipelineTraining {
  /**
   * Template in Artifact Registry: `https://REGION-kfp.pkg.dev/PROJECT/REPOSITORY/NAME/TAG`, or `sha256:…` in place of
   * the tag, which always means the same template. Its repository is one of `templateRepositories` of the target.
   */
  readonly templateUri: string;
  /**
   * Values of its parameters: keys that end in `.$` hold paths into the input.
   * @default - those of the template
   */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

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

/** Props of a `VertexTrainingStep`. Give `customJob` or `pipeline`, as the target submits. */
export interface VertexTrainingStepProps {
  /** Where it is trained, and as whom. */
  readonly target: IVertexTrainingTarget;
  /**
   * The custom job.
   * @default - `pipeline`
   */
  readonly customJob?: CustomTraining;
  /**
   * The pipeline.
   * @default - `customJob`
   */
  readonly pipeline?: PipelineTraining;
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
