import type { JustificationProps } from '../core/justification';
import type { IGkeCluster } from '../gke/cluster';
import type { GoogleProject } from '../google/project';
import type { TriggeredJob } from './training-job';
import type { ITrainingIdentity } from './vertex-training-identity';
import type { GoogleProviderOptions } from '../google/options';

/** Deployments that start a training. */
export interface DeploymentSource {
  /** Cluster of the Deployments. */
  readonly cluster: IGkeCluster;
  /** Namespace of the Deployments. */
  readonly namespace: string;
  /** Labels that a Deployment carries, all of them: at least one. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Pushed images that start a training. */
export interface ImageSource {
  /** Images without tag or digest, for example `us-docker.pkg.dev/my-project/images/books`: at least one. */
  readonly names: readonly string[];
  /**
   * Topic that Artifact Registry publishes to. Its name is `gcr`; a project has one.
   * @default gcr
   */
  readonly topic?: string;
}

/** Props of a `TrainingTrigger`: `job`, and `deployments`, `images` or both. */
export interface TrainingTriggerProps extends JustificationProps, GoogleProviderOptions {
  /**
   * Project in which the training runs.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Region of the training.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /** Name: a DNS label of at most 40 characters. Jobs and resources are named after it. */
  readonly name: string;
  /** Identity of the training. */
  readonly runAs: ITrainingIdentity;
  /**
   * Deployments that start a training when their image changes.
   * @default - none
   */
  readonly deployments?: DeploymentSource;
  /**
   * Pushed images that start a training.
   * @default - none
   */
  readonly images?: ImageSource;
  /** Job that the trigger starts: `TriggeredJob.pipeline({ … })` or `TriggeredJob.custom({ … })`. */
  readonly job: TriggeredJob;
  /**
   * Network attachment through which the job reaches the VPC: `callback.networkAttachment`.
   * @default - the job reaches public addresses only
   */
  readonly networkAttachment?: string;
  /**
   * Seconds between two polls of a job: 1 to 3,600, and at least 1/15,000 of `timeoutSeconds`.
   * @default 60
   */
  readonly pollSeconds?: number;
  /**
   * Seconds after which a job is cancelled: 60 to 604,800 (seven days).
   * @default 86400 (a day)
   */
  readonly timeoutSeconds?: number;
}
