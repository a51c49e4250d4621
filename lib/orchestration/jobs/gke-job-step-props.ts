import type { Toleration } from '../../kubernetes/toleration';
import type { IPodAwsRole } from '../../identity/federation/pod-aws-role';
import type { IGkeJobTarget } from './gke-job-target-props';
import type { PollOptions } from '../state-machine/poll-schedule';
import type { RetryOptions } from '../state-machine/steps/retry';
import type { MemoryEscalation } from './retry';

/** Requests of the container. Limits are the same. */
export interface JobResources {
  /**
   * CPU.
   * @default 500m
   */
  readonly cpu?: string;
  /**
   * Memory. Must be omitted with a memory escalation in `retry`.
   * @default 1Gi
   */
  readonly memory?: string;
  /**
   * Ephemeral storage.
   * @default 1Gi
   */
  readonly ephemeralStorage?: string;
  /**
   * GPUs (`nvidia.com/gpu`): 1 to 16.
   * @default - none
   */
  readonly gpus?: number;
}

/** Many pods of one Job, each with its number in `JOB_COMPLETION_INDEX`. */
export interface IndexedJob {
  /** How many: 1 to 100,000. */
  readonly completions: number;
  /**
   * Pods at the same time: 1 to 10,000.
   * @default - all of them
   */
  readonly parallelism?: number;
  /**
   * Other tries of an index by Kubernetes: 0 to 100.
   * @default 0
   */
  readonly retriesPerIndex?: number;
  /**
   * Indexes that may fail before the Job does: 0 to 100,000.
   * @default 0
   */
  readonly maxFailedIndexes?: number;
}

/** Options of a callback. */
export interface CallbackOptions {
  /**
   * Seconds between two heartbeats (`SendTaskHeartbeat`), the first counted from the submission: 10 to 86,400, and
   * less than the `timeoutSeconds` of the step. A wait in a queue or for a node counts.
   */
  readonly heartbeatSeconds: number;
}

/** Safety checks of a step to override. */
export interface GkeJobAcknowledgements {
  /**
   * Why the image is named by a tag.
   * @default - an image without a digest is rejected
   */
  readonly imageByTag?: string;
  /**
   * Why another job may run beside one whose end was not seen: needed to `retry` on `States.ALL`, on errors of Lambda,
   * and on a control plane that does not answer.
   * @default - such a retry is rejected
   */
  readonly overlappingJobs?: string;
}

/** Props of a `GkeJobStep`. */
export interface GkeJobStepProps {
  /** Target: the namespace of the Job and the function that submits it. */
  readonly target: IGkeJobTarget;
  /** Image, by digest. One of the target's images. */
  readonly image: string;
  /**
   * First part of the Job's name: 1 to 40 lower-case letters, digits and hyphens.
   * @default - made of the name of the step
   */
  readonly jobName?: string;
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
   * Arguments that are known when the step runs: a path or an intrinsic function that gives a list of texts, for
   * example `States.Array('--date', $.date)`.
   * @default - `args`
   */
  readonly argsPath?: string;
  /**
   * Environment variables. A name that ends in `.$` has a path as its value: `{ 'DATE.$': '$.date' }`.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Requests and limits of the container.
   * @default - 500m CPU, 1Gi memory, 1Gi ephemeral storage
   */
  readonly resources?: JobResources;
  /**
   * Errors of the container by exit code, 1 to 255: `{ 3: 'NoNewData' }`. Other codes are `GKE.JobFailed`.
   * @default - none has a name
   */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /**
   * Further attempts per error name. `GKE.OOMKilled` takes `{ memory: ['2Gi', '4Gi'] }`. `GKE.Evicted`,
   * `GKE.Preempted`, `GKE.NodeLost` and `GKE.PodDeleted` are tried three times by default.
   * @default - interruptions alone
   */
  readonly retry?: Readonly<Record<string, RetryOptions | MemoryEscalation>>;
  /**
   * Seconds that the Job may run, 30 to 2,592,000 (30 days); Kubernetes ends it then: `GKE.DeadlineExceeded`.
   * @default 3600
   */
  readonly deadlineSeconds?: number;
  /**
   * Seconds from the submission after which the step times out, a wait in a queue included: at least
   * `deadlineSeconds`.
   * @default - `deadlineSeconds` and `pendingSeconds` and ten minutes; a day more with a queue
   */
  readonly timeoutSeconds?: number;
  /**
   * Seconds that a pod may wait for a node or its image: 0 to 86,400.
   * @default 600
   */
  readonly pendingSeconds?: number;
  /**
   * Seconds that a Job is kept after its end: at least twice the longest wait between two polls.
   * @default 86400 (a day)
   */
  readonly ttlSeconds?: number;
  /**
   * Schedule of the polls.
   * @default - after 10 seconds, then 1.5 times as long each, up to 300, or more where the history of the execution needs it
   */
  readonly poll?: PollOptions;
  /**
   * Many pods of one Job.
   * @default - one pod
   */
  readonly indexed?: IndexedJob;
  /**
   * Kueue LocalQueue.
   * @default - that of the target
   */
  readonly queue?: string;
  /**
   * AWS role that the container takes on: `environment` and token are added.
   * @default - none
   */
  readonly awsRole?: IPodAwsRole;
  /**
   * Labels of the Job and its pods.
   * @default - those of the bridge
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Job and its pods.
   * @default - those of the bridge
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Labels that a node must have.
   * @default - any node
   */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /**
   * Taints that are tolerated.
   * @default - none
   */
  readonly tolerations?: readonly Toleration[];
  /**
   * User and group that it runs as: 1 to 4,294,967,294.
   * @default 10001
   */
  readonly userId?: number;
  /**
   * Whether more than `/tmp` can be written.
   * @default false
   */
  readonly writableRootFilesystem?: boolean;
  /**
   * Seconds a pod has to end: 0 to 600.
   * @default 30
   */
  readonly terminationGracePeriodSeconds?: number;
  /**
   * Selection of the result (`job`, `output`, `logsUrl`, …). A missing field is `GKE.ResultMissing`: `{ "rows.$": "$.output.rows" }`.
   * @default - all
   */
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  /**
   * Path of the input at which the result is put.
   * @default - the result replaces the input
   */
  readonly resultPath?: string;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: GkeJobAcknowledgements;
}
