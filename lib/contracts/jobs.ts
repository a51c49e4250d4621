import type { AwsExternalAccount } from './external-account';

/*
 * Requests and results of the function for Jobs, and its configuration. Types and names only: the deployed function
 * imports nothing else of the library.
 */

export type { AwsExternalAccount };

/** Environment variable that holds the `JobTargetSettings` as JSON. */
export const TARGET_VARIABLE = 'JOB_TARGET';

const DOMAIN = 'cdktf-multicloud.dev';

/** Labels of a Job and its pods. Clean-up selects by the first two; the admission policy asks for all. */
export const JOB_LABELS = {
  /** The run id: the name of the execution if it is a UUID, else the first 32 digits of the SHA-256 of its ARN. */
  execution: `${DOMAIN}/execution`,
  /** Name of the state machine; `name-HASH` where it is longer than a label value may be. */
  stateMachine: `${DOMAIN}/state-machine`,
  /** Name of the target. */
  target: `${DOMAIN}/target`,
} as const;

/** Annotations of a Job and its pods. */
export const JOB_ANNOTATIONS = {
  executionArn: `${DOMAIN}/execution-arn`,
  attempt: `${DOMAIN}/attempt`,
  step: `${DOMAIN}/step`,
  reason: `${DOMAIN}/reason`,
  owner: `${DOMAIN}/owner`,
  ticket: `${DOMAIN}/ticket`,
  /** SHA-256 of the request, so that a repeated submit knows its own Job. */
  specHash: `${DOMAIN}/spec-hash`,
} as const;

/** How a pod gets the task token that it reports with: a Secret with the name and the life of its Job. */
export const TASK_TOKEN = {
  /** Name of the volume. The bridge adds it, since the name of the Job is known by then. */
  volume: 'task-token',
  folder: '/var/run/secrets/cdktf-multicloud.dev/task-token',
  file: 'token',
  /** Environment variable with the path of the file. */
  variable: 'TASK_TOKEN_FILE',
  /** Type of the Secret, by which the admission policy tells it from others. */
  secretType: `${DOMAIN}/task-token`,
} as const;

/** Cluster, namespace and identity of one function. */
export interface JobTargetSettings {
  /** Name of the target. */
  readonly name: string;
  readonly cluster: {
    /** `projects/PROJECT/locations/LOCATION/clusters/NAME`. */
    readonly id: string;
    /** Host, and port unless it is 443, of the control plane. */
    readonly host: string;
    /** Certificate authority of the IP endpoint: PEM in base64, as the GKE API gives it. The DNS endpoint has none. */
    readonly certificateAuthority?: string;
  };
  readonly namespace: string;
  /** AWS role that the function assumes for the token exchange. The session name is the run id. */
  readonly roleArn: string;
  readonly credentials: AwsExternalAccount;
  readonly reason: string;
  readonly owner?: string;
  readonly ticket?: string;
}

/** Schedule of the polls: after `initialSeconds`, each wait `factor` times the one before, up to `maxSeconds`. */
export interface PollSchedule {
  readonly initialSeconds: number;
  readonly factor: number;
  readonly maxSeconds: number;
}

/** Fields of the requests of a step. */
interface FromStep {
  /** ARN of the execution. Of a Distributed Map it is the execution that started the map. */
  readonly execution: string;
  /** Name of the step in the state machine. */
  readonly step: string;
  /** UUID of the attempt. Each attempt has one Job, and a repeated call finds it. */
  readonly attempt: string;
  readonly schedule: PollSchedule;
  /** Names of exit codes: `{ "3": "NoNewData" }`. */
  readonly exitCodes: Readonly<Record<string, string>>;
  /** Seconds that a pod may wait for its image or for a node. */
  readonly pendingSeconds: number;
  /** Seconds from the creation of the Job after which the step times out, a wait in a queue included. */
  readonly timeoutSeconds: number;
}

/** Creates the Job of an attempt, or adopts it. */
export interface SubmitRequest extends FromStep {
  readonly action: 'submit';
  /** First part of the Job's name. */
  readonly name: string;
  /** Whether the pod reports with a task token, which `handOver` gives to it. */
  readonly callback?: boolean;
  /** Labels and annotations besides the bridge's own, and the spec of a `batch/v1` Job. */
  readonly job: {
    readonly metadata?: {
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: JobSpec;
  };
}

/** Spec of a `batch/v1` Job, of which the bridge reads the pod template only. */
export interface JobSpec {
  readonly template: {
    readonly metadata?: {
      readonly labels?: Readonly<Record<string, string>>;
      readonly annotations?: Readonly<Record<string, string>>;
    };
    readonly spec: PodSpec;
  };
  readonly [field: string]: unknown;
}

/** Spec of a pod, of which the bridge adds to the volumes only. */
export interface PodSpec {
  readonly volumes?: readonly object[];
  readonly [field: string]: unknown;
}

/** Reads the status of a Job. Fails with a named error when the Job has failed. */
export interface PollRequest extends FromStep {
  readonly action: 'poll';
  /** Result of the last submit or poll. */
  readonly status: JobStatus;
}

/** Gives the pods of a Job the token that they report with. */
export interface DeliverTokenRequest {
  readonly action: 'handOver';
  readonly execution: string;
  readonly step: string;
  readonly attempt: string;
  /** Result of the submit. */
  readonly status: JobStatus;
  /** Task token of Step Functions. */
  readonly token: string;
}

/** Deletes the unfinished Jobs of an execution that has ended. */
export interface CancelRequest {
  readonly action: 'cancel';
  readonly execution: string;
  /**
   * Time (ISO 8601) at which the execution was seen to have ended. Jobs that were created later stay: they may belong
   * to a redrive.
   * @default - all unfinished Jobs of the execution
   */
  readonly createdBefore?: string;
}

export type JobRequest = SubmitRequest | DeliverTokenRequest | PollRequest | CancelRequest;

/** How a Job stands. */
export interface JobStatus {
  readonly done: boolean;
  /** Full name of the Job in its namespace. */
  readonly job: string;
  /** Told from another Job of the same name. */
  readonly uid: string;
  /** Seconds to wait before the next poll; 0 when it is done. */
  readonly waitSeconds: number;
  /** `Suspended`: the Job waits in a queue. `Ending`: the Job is being deleted, and its pods have not ended. */
  readonly phase: 'Suspended' | 'Pending' | 'Running' | 'Ending' | 'Complete';
  /** Error with which the step fails once the pods of the deleted Job have ended. */
  readonly ending?: { readonly error: string; readonly cause: string };
  /** Of a Job that was just submitted. */
  readonly place?: JobReference;
  /** Once it is done. */
  readonly result?: JobResult;
}

/** Reference of a Job. */
export interface JobReference {
  /** Namespace of the Job. */
  readonly namespace: string;
  /** `projects/PROJECT/locations/LOCATION/clusters/NAME`. */
  readonly cluster: string;
  /** Page of Cloud Logging with what the Job wrote. */
  readonly logsUrl: string;
}

/**
 * - `Json`: `output` has the result.
 * - `Text`: the result is not JSON; `message` has it.
 * - `Empty`: the container wrote no result.
 * - `Lost`: the pod was deleted before the step read the result.
 * - `Truncated`: the kubelet cut the result at 4,096 bytes; `message` has the first part.
 * - `Inexact`: the result has an integer beyond ±2^53, which JSON numbers of JavaScript round; `message` has the text.
 */
export type OutputStatus = 'Json' | 'Text' | 'Empty' | 'Lost' | 'Truncated' | 'Inexact';

/** Result of a step. After a callback, fields that depend on the end of the Job are null. */
export interface JobResult extends JobReference {
  /** Name of the Job. */
  readonly job: string;
  /** Id of the attempt: each retry of the step has another id. */
  readonly attempt: string;
  /** Report of a callback, or the JSON in `/dev/termination-log`; otherwise null. Null for an Indexed Job. */
  readonly output: unknown;
  /** Text that the container wrote, if `outputStatus` is `Text`, `Truncated` or `Inexact`, else null. */
  readonly message: string | null;
  /** Whether the output is complete, cut, or missing. */
  readonly outputStatus: OutputStatus;
  /** Start of the Job as RFC 3339; null before the start. */
  readonly startTime: string | null;
  /** End of the Job as RFC 3339; null if the Job did not succeed. */
  readonly completionTime: string | null;
  /** Number of succeeded pods; null if the Job reports none. */
  readonly succeeded: number | null;
  /** Number of failed pods; null if the Job reports none. */
  readonly failed: number | null;
  /** Of an Indexed Job, as Kubernetes writes them ("0-3,5"), else null. */
  readonly completedIndexes: string | null;
  /** Failed indexes of an Indexed Job, for example `1,3-5`; null if there are none. */
  readonly failedIndexes: string | null;
}

/** Result of a clean-up call. */
export interface CancelResult {
  /** Names of deleted Jobs, at most 100 of them. */
  readonly deleted: readonly string[];
  readonly deletedCount: number;
  /** Whether the call ran out of time, so that unfinished Jobs may be left. */
  readonly left: boolean;
}
