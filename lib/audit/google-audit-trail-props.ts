import type { IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import type { GoogleProject } from '../google/project';
import type { GoogleProviderOptions } from '../google/options';

/** Owner of the audit configuration of a project: a `GoogleAuditTrail`, or `GoogleAuditTrail.fromProject(…)`. */
export interface IGoogleAuditConfigOwner {
  /** Id of the project. */
  readonly projectId: string;

  /**
   * Audit configuration of the project, for `dependsOn`. A call from another stack orders the two stacks.
   * @param scope construct that waits
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** Props of a `GoogleAuditTrail`. */
export interface GoogleAuditTrailProps extends GoogleProviderOptions {
  /**
   * Project whose audit logs are kept.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Location of the log bucket or the dataset: a region, `eu`, `us` or `global`.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /**
   * Name of the trail: lower-case letters, digits and hyphens, at most 40. Another name replaces the store
   * of the records.
   * @default audit
   */
  readonly name?: string;
  /**
   * Destination of the logs: a log bucket, or a BigQuery dataset for queries and joins.
   * @default log-bucket
   */
  readonly destination?: 'log-bucket' | 'bigquery';
  /**
   * Retention in days: 1 to 3,650.
   * @default 400
   */
  readonly retentionDays?: number;
  /**
   * Whether the log bucket is locked. A lock is permanent: the retention cannot be shortened, the bucket cannot be
   * deleted, and the project cannot be deleted while the bucket has logs.
   * @default false
   */
  readonly locked?: boolean;
  /**
   * Whether a plan that deletes the store of the records fails. To delete the store, set `false` and apply first.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Notification channels of the alerts, `projects/PROJECT/notificationChannels/ID`.
   * @default - incidents are shown in the console only
   */
  readonly notificationChannels?: readonly string[];
  /**
   * Owner of the audit configuration of the project. Two stacks that configure one project replace each other's
   * configuration at every apply, so the trails of all stacks but one name the trail of that stack.
   * @default - this stack owns the configuration, together with other trails of the stack
   */
  readonly auditConfigOwner?: IGoogleAuditConfigOwner;
}
