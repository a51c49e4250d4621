import type { AwsExternalAccount } from './external-account';
import type { PollSchedule } from './jobs';

/*
 * What a state machine and the function that trains on Vertex AI say to each other, and how that function is set up.
 * Types and names only.
 */

/** Environment variable that holds the `TrainingTarget` as JSON. */
export const TRAINING_VARIABLE = 'TRAINING_TARGET';

/** Labels of a job: letters, digits, "-" and "_" is all that Vertex AI takes. Clean-up selects by the first. */
export const TRAINING_LABELS = {
  /** The run id: the name of the execution if it is a UUID, else the first 32 digits of the SHA-256 of its ARN. */
  execution: 'execution',
  attempt: 'attempt',
  stateMachine: 'state_machine',
  target: 'target',
  /** First digits of the SHA-256 of what was asked for. */
  specHash: 'spec_hash',
} as const;

/** Where one function trains, and as whom. */
export interface TrainingTarget {
  /** Name of the target. */
  readonly name: string;
  readonly kind: TrainingKind;
  /** `https://LOCATION-aiplatform.googleapis.com`. */
  readonly endpoint: string;
  readonly project: string;
  readonly location: string;
  /** Account that jobs run as. */
  readonly runAs: string;
  /** Bucket of their files. */
  readonly bucket: string;
  readonly networkAttachment?: string;
  /** AWS role that the function takes on, with the run id as session name. */
  readonly roleArn: string;
  /** Without a service account: the role itself is let in. */
  readonly credentials: AwsExternalAccount;
  readonly reason: string;
}

/** What Vertex AI calls the two kinds of jobs. */
export type TrainingKind = 'customJobs' | 'pipelineJobs';

interface FromStep {
  /** ARN of the execution. Of a Distributed Map it is the execution that started the map. */
  readonly execution: string;
  /** Name of the step, as it stands in the state machine. */
  readonly step: string;
  /** UUID of this try of the step. */
  readonly attempt: string;
  readonly schedule: PollSchedule;
  /** Names of exit codes: `{ "3": "NoNewData" }`. */
  readonly exitCodes: Readonly<Record<string, string>>;
  /** Seconds after which the job is cancelled, a wait for machines included. */
  readonly timeoutSeconds: number;
}

/** Makes the job of a try, or finds it made. */
export interface SubmitTraining extends FromStep {
  readonly action: 'submit';
  /** What Vertex AI is given besides account, bucket, network, name and labels, which are the target's. */
  readonly job: Readonly<Record<string, unknown>>;
}

/** Looks at a job. Fails with a named error when it has failed. */
export interface PollTraining extends FromStep {
  readonly action: 'poll';
  /** What the last submit or poll answered. */
  readonly status: TrainingStatus;
}

/** Cancels the jobs of an execution that has ended. */
export interface CancelTraining {
  readonly action: 'cancel';
  readonly execution: string;
  /**
   * Time (ISO 8601) at which the execution was seen to have ended. Later jobs stay: they may belong to a redrive.
   * @default - all running jobs of the execution
   */
  readonly createdBefore?: string;
}

export type TrainingRequest = SubmitTraining | PollTraining | CancelTraining;

/** How a job stands. */
export interface TrainingStatus {
  readonly done: boolean;
  /** `projects/…/locations/…/customJobs/ID`. */
  readonly job: string;
  /** Seconds to wait before the next look; 0 when it is done. */
  readonly waitSeconds: number;
  /** As Vertex AI names it, for example `RUNNING`. */
  readonly phase: string;
  /** Once it is done. */
  readonly result?: TrainingResult;
}

/** What a step gives to the next. */
export interface TrainingResult {
  /** Full name of the job. */
  readonly job: string;
  readonly attempt: string;
  /** Folder of its files: `gs://BUCKET/RUN/ATTEMPT`. */
  readonly outputUri: string;
  readonly createTime: string;
  readonly startTime: string | null;
  readonly endTime: string;
  /** Page of the console with the job. */
  readonly console: string;
}

/** What a clean-up did. */
export interface TrainingsCancelled {
  readonly cancelled: readonly string[];
}
