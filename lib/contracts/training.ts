import type { AwsExternalAccount } from './external-account';
import type { PollSchedule } from './jobs';

/*
 * Settings, requests and responses of the function that trains on Vertex AI. Types and names only.
 */

/** Environment variable with the `TrainingTarget` as JSON. */
export const TRAINING_VARIABLE = 'TRAINING_TARGET';

/** Labels of a job. Vertex AI accepts letters, digits, "-" and "_". The function finds jobs by `executionHash`. */
export const TRAINING_LABELS = {
  /** The run id: the name of the execution if it is a UUID, else the first 32 digits of the SHA-256 of its ARN. */
  execution: 'execution',
  /** First digits of the SHA-256 of the execution ARN: two machines can have executions of one name. */
  executionHash: 'execution_hash',
  attempt: 'attempt',
  stateMachine: 'state_machine',
  target: 'target',
  /** First digits of the SHA-256 of the request. */
  specHash: 'spec_hash',
} as const;

/** Location and identities of the trainings of one function. */
export interface TrainingTarget {
  /** Name of the target. */
  readonly name: string;
  readonly kind: TrainingKind;
  /** `https://LOCATION-aiplatform.googleapis.com`. */
  readonly endpoint: string;
  readonly project: string;
  readonly location: string;
  /** E-mail address of the service account of the jobs. */
  readonly runAs: string;
  /** Bucket of the files of the jobs. */
  readonly bucket: string;
  readonly networkAttachment?: string;
  /** ARN of the AWS role that the function assumes. The session name is the run id. */
  readonly roleArn: string;
  /** Credential configuration without a service account: the role is the principal. */
  readonly credentials: AwsExternalAccount;
  readonly reason: string;
}

/** Collection of the jobs in the API of Vertex AI. */
export type TrainingKind = 'customJobs' | 'pipelineJobs';

interface FromStep {
  /** ARN of the execution. Of a Distributed Map it is the execution that started the map. */
  readonly execution: string;
  /** Name of the step in the state machine. */
  readonly step: string;
  /** UUID of the attempt. */
  readonly attempt: string;
  readonly schedule: PollSchedule;
  /** Error names of exit codes: `{ "3": "NoNewData" }`. */
  readonly exitCodes: Readonly<Record<string, string>>;
  /** Seconds after which the function cancels the job. They include the wait for machines. */
  readonly timeoutSeconds: number;
}

/** Creates the job of an attempt, or adopts it. */
export interface SubmitTraining extends FromStep {
  readonly action: 'submit';
  /** Specification of the job. The target adds account, bucket, network, name and labels. */
  readonly job: Readonly<Record<string, unknown>>;
}

/** Polls a job. The call fails with a named error after the failure of the job. */
export interface PollTraining extends FromStep {
  readonly action: 'poll';
  /** Response of the last submit or poll. */
  readonly status: TrainingStatus;
}

/** Cancels the jobs of an execution that has ended. */
export interface CancelTraining {
  readonly action: 'cancel';
  readonly execution: string;
  /**
   * Time (ISO 8601) at which the execution had ended. Later jobs stay, because they can belong to a redrive.
   * @default - all running jobs of the execution
   */
  readonly createdBefore?: string;
}

/** Request of the state machine. */
export type TrainingRequest = SubmitTraining | PollTraining | CancelTraining;

/** Status of a job. */
export interface TrainingStatus {
  readonly done: boolean;
  /** `projects/…/locations/…/customJobs/ID`. */
  readonly job: string;
  /** Seconds before the next poll; 0 for a job that has ended. */
  readonly waitSeconds: number;
  /** State of the job in Vertex AI, for example `RUNNING`. */
  readonly phase: string;
  /** Result of a job that has ended. */
  readonly result?: TrainingResult;
}

/** Result of a training step. */
export interface TrainingResult {
  /** Full name of the job. */
  readonly job: string;
  /** Id of the attempt: each retry of the step has another id. */
  readonly attempt: string;
  /** Folder of the files of the job: `gs://BUCKET/RUN/ATTEMPT`. */
  readonly outputUri: string;
  /** Creation of the training as RFC 3339. */
  readonly createTime: string;
  /** Start of the training as RFC 3339; null if it never started. */
  readonly startTime: string | null;
  /** End of the training as RFC 3339. */
  readonly endTime: string;
  /** Page of the console with the job. */
  readonly console: string;
}

/** Result of a clean-up. */
export interface TrainingsCancelled {
  readonly cancelled: readonly string[];
}
