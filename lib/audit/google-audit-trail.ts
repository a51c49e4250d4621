import { BigqueryDataset } from '@cdktf/provider-google/lib/bigquery-dataset';
import { BigqueryDatasetIamMember } from '@cdktf/provider-google/lib/bigquery-dataset-iam-member';
import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric';
import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { Lazy } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import { checkUniqueName } from '../core/unique-names';
import { undefinedIfEmpty, type AwaitedResource } from '../core/ordering';
import { CREATE_BEFORE_DESTROY } from '../core/replacement';
import { validate } from '../core/validation';
import { PredictionCallers } from '../identity/prediction-callers';
import { project as projectRule, type GoogleProject } from '../google/project';
import { AuditConfigs } from './audit-configs';
import type { GoogleAuditTrailProps, IGoogleAuditConfigOwner } from './google-audit-trail-props';
import { contradictions, trailRules } from './google-audit-trail-rules';
import { trailName } from './trail-name';
import { AUDIT_LOGS } from '../logs/audit-logs';
import { ACCESS_DENIED, KEY_CREATED, unexpectedPrediction } from './queries';

interface Watch {
  readonly id: string;
  readonly title: string;
  readonly filter: string;
  readonly advice: string;
}

// Maximum length of a filter of Cloud Logging. https://cloud.google.com/logging/quotas
const LONGEST_FILTER = 20_000;

/**
 * Audit logs of a project in a log bucket or a dataset, with alerts: access was denied, a service account key was
 * created, an identity without a grant of the app requested a prediction.
 */
export class GoogleAuditTrail extends Construct implements IGoogleAuditConfigOwner {
  /** The owner of the audit configuration of a project outside the app, for `auditConfigOwner`. */
  public static fromProject(scope: Construct, id: string, project: GoogleProject): IGoogleAuditConfigOwner {
    validate(new Construct(scope, id), { project }, { project: projectRule });
    return { projectId: project.id, dependenciesIn: () => [] };
  }

  /** Name of the trail. */
  public readonly name: string;
  /** Id of the project whose audit logs the trail keeps. */
  public readonly projectId: string;
  private readonly props: WithInherited<GoogleAuditTrailProps>;

  constructor(scope: Construct, id: string, given: GoogleAuditTrailProps) {
    super(scope, id);
    const props = validate(this, given, trailRules, (values, report) => {
      contradictions(values, report);
      const among = `audit trails of the project ${values.project.id}`;
      checkUniqueName(this, { property: 'name', name: trailName(values), among }, report);
    });
    this.props = props;
    this.projectId = props.project.id;
    this.name = trailName(props);
    if (!props.auditConfigOwner) this.enableLogs();
    if (props.destination === 'bigquery') this.keepInBigQuery();
    else this.keepInLogBucket();
    for (const watch of this.watches()) this.watch(watch);
    this.node.addValidation({ validate: () => [...this.filterFits(), ...this.hasOneConfigOwner()] });
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    const { auditConfigOwner } = this.props;
    return auditConfigOwner
      ? auditConfigOwner.dependenciesIn(scope)
      : AuditConfigs.of(this).dependenciesIn(scope, this.projectId);
  }

  private get common() {
    return { project: this.props.project.id, provider: this.props.googleProvider };
  }

  /** Google records predictions and token exchanges only when they are enabled. */
  private enableLogs(): void {
    const { project, googleProvider } = this.props;
    const configs = AuditConfigs.of(this);
    configs.enable(project.id, 'aiplatform.googleapis.com', ['DATA_READ'], googleProvider);
    configs.enable(project.id, 'sts.googleapis.com', ['ADMIN_READ'], googleProvider);
    // The API that issues tokens of service accounts is enabled together with this one.
    configs.enable(project.id, 'iam.googleapis.com', ['ADMIN_READ'], googleProvider);
  }

  /** The stores hold records that exist nowhere else. */
  private get lifecycle() {
    return this.props.deletionProtection === false ? undefined : { preventDestroy: true };
  }

  private keepInLogBucket(): void {
    const { location, retentionDays = 400, locked = false } = this.props;
    const bucket = new LoggingProjectBucketConfig(this, 'bucket', {
      ...this.common,
      location,
      bucketId: this.name,
      description: 'audit logs of the project',
      retentionDays,
      locked,
      enableAnalytics: true,
      lifecycle: this.lifecycle,
    });
    this.addSink(`logging.googleapis.com/${bucket.id}`);
  }

  private keepInBigQuery(): void {
    const { location, retentionDays = 400 } = this.props;
    const dataset = new BigqueryDataset(this, 'dataset', {
      ...this.common,
      datasetId: this.name.replaceAll('-', '_'),
      location: ['eu', 'us'].includes(location) ? location.toUpperCase() : location,
      description: 'audit logs of the project',
      defaultPartitionExpirationMs: retentionDays * 24 * 60 * 60 * 1000,
      lifecycle: this.lifecycle,
    });
    const sink = this.addSink(`bigquery.googleapis.com/${dataset.id}`, { usePartitionedTables: true });
    new BigqueryDatasetIamMember(this, 'sink-writes', {
      ...this.common,
      datasetId: dataset.datasetId,
      role: 'roles/bigquery.dataEditor',
      member: sink.writerIdentity,
      lifecycle: CREATE_BEFORE_DESTROY,
    });
  }

  private addSink(
    destination: string,
    bigqueryOptions?: { usePartitionedTables: boolean },
  ): LoggingProjectSink {
    return new LoggingProjectSink(this, 'sink', {
      ...this.common,
      name: this.name,
      description: 'audit logs of the project',
      destination,
      filter: AUDIT_LOGS,
      dependsOn: undefinedIfEmpty(this.props.auditConfigOwner?.dependenciesIn(this) ?? []),
      uniqueWriterIdentity: true,
      bigqueryOptions,
    });
  }

  private watches(): Watch[] {
    return [
      {
        id: 'access-denied',
        title: 'access denied',
        filter: ACCESS_DENIED,
        advice: 'A caller has no permission for its request. Find the caller: a missing role or an attack.',
      },
      {
        id: 'key-created',
        title: 'service account key created',
        filter: KEY_CREATED,
        advice:
          'No workload of the app needs a key. Find its creator, delete the key, and bind a workload identity instead.',
      },
      {
        id: 'unexpected-prediction',
        title: 'prediction by an unexpected identity',
        // The filter includes grants that the app adds later.
        filter: Lazy.stringValue({ produce: () => this.unexpected() }),
        advice: 'An identity without a grant of the app requests predictions. Find the role that allows it.',
      },
    ];
  }

  private unexpected(): string {
    return unexpectedPrediction(PredictionCallers.of(this).in(this.props.project.id));
  }

  /** A metric for the history, and an alert on the log, which shows the entry. */
  private watch({ id, title, filter, advice }: Watch): void {
    new LoggingMetric(this, `${id}-metric`, {
      ...this.common,
      name: `${this.name}/${id}`,
      description: title,
      filter,
      metricDescriptor: { metricKind: 'DELTA', valueType: 'INT64' },
    });
    new MonitoringAlertPolicy(this, `${id}-alert`, {
      ...this.common,
      displayName: `${this.name}: ${title}`,
      combiner: 'OR',
      conditions: [{ displayName: title, conditionMatchedLog: { filter } }],
      alertStrategy: { notificationRateLimit: { period: '300s' }, autoClose: '86400s' },
      notificationChannels: this.props.notificationChannels && [...this.props.notificationChannels],
      documentation: { content: advice, mimeType: 'text/markdown' },
    });
  }

  /** A check of the whole app, so that the order of construction does not matter. */
  private hasOneConfigOwner(): string[] {
    if (this.props.auditConfigOwner) return [];
    const others = AuditConfigs.of(this).otherOwners(this.projectId);
    if (others.length === 0) return [];
    return [
      `${this.node.path}: auditConfigOwner is required. The stack ${others.join(', ')} configures the audit logs of ${this.projectId} too, and each apply replaces the other configuration. Pass the trail of the one stack that keeps it.`,
    ];
  }

  private filterFits(): string[] {
    const { length } = this.unexpected();
    return length <= LONGEST_FILTER
      ? []
      : [
          `${this.node.path}: unexpected-prediction: its filter has ${length} characters, of ${LONGEST_FILTER} at most. Let more workloads share an identity, or keep them in several projects.`,
        ];
  }
}
