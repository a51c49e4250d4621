import { BigqueryDataset } from '@cdktf/provider-google/lib/bigquery-dataset';
import { BigqueryDatasetIamMember } from '@cdktf/provider-google/lib/bigquery-dataset-iam-member';
import { LoggingMetric } from '@cdktf/provider-google/lib/logging-metric';
import { LoggingProjectBucketConfig } from '@cdktf/provider-google/lib/logging-project-bucket-config';
import { LoggingProjectSink } from '@cdktf/provider-google/lib/logging-project-sink';
import { MonitoringAlertPolicy } from '@cdktf/provider-google/lib/monitoring-alert-policy';
import { Lazy, type TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { slug } from '../core/names';
import { provider, boolean, integer, list, matching, oneOf, optional, type Report } from '../core/rules';
import { refuse, validate } from '../core/validation';
import { PredictionCallers } from '../identity/prediction-callers';
import { shortName } from '../core/short-name';
import { project as projectRule, type GoogleProject } from '../google/project';
import { isFirstTrail, switchOn } from './audit-configs';
import { ACCESS_DENIED, AUDIT_LOGS, KEY_CREATED, unexpectedPrediction } from './queries';

/** Props of a `GoogleAuditTrail`. */
export interface GoogleAuditTrailProps {
  /** Project whose audit logs are kept. */
  readonly project: GoogleProject;
  /** Where they are kept: a region, `eu`, `us` or `global`. */
  readonly location: string;
  /**
   * Name of the trail: lower-case letters, digits and hyphens, at most 40.
   * @default - made of the construct path
   */
  readonly name?: string;
  /**
   * What keeps them: a log bucket, or a dataset of BigQuery to query and join.
   * @default log-bucket
   */
  readonly destination?: 'log-bucket' | 'bigquery';
  /**
   * Days that they are kept: 1 to 3,650.
   * @default 400
   */
  readonly retentionDays?: number;
  /**
   * Whether the log bucket is locked: then nobody can shorten the time or delete the bucket, ever, and the project
   * cannot be deleted while it holds logs.
   * @default false
   */
  readonly locked?: boolean;
  /**
   * Who is alerted, `projects/PROJECT/notificationChannels/ID`.
   * @default - incidents are shown in the console only
   */
  readonly notificationChannels?: readonly string[];
  /**
   * Google provider of all that it makes.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}

interface Watch {
  readonly id: string;
  readonly title: string;
  readonly filter: string;
  readonly advice: string;
}

// The most that a filter of Cloud Logging may have. https://cloud.google.com/logging/quotas
const LONGEST_FILTER = 20_000;

/**
 * Keeps who did what in a project, and says when something should be looked at: access denied, a key made,
 * predictions by someone to whom the app gave no access.
 */
export class GoogleAuditTrail extends Construct {
  /** Name of the trail. */
  public readonly name: string;
  private readonly props: GoogleAuditTrailProps;

  constructor(scope: Construct, id: string, props: GoogleAuditTrailProps) {
    super(scope, id);
    validate(
      this,
      props,
      {
        project: projectRule,
        location: matching(
          /^([a-z]+-[a-z]+\d{1,2}|eu|us|global)$/,
          'be a region, for example "us-central1", or "eu", "us" or "global"',
        ),
        name: optional(shortName),
        destination: optional(oneOf(['log-bucket', 'bigquery'])),
        retentionDays: optional(integer(1, 3_650)),
        locked: optional(boolean),
        notificationChannels: optional(
          list(
            matching(
              /^projects\/[^/]+\/notificationChannels\/[^/]+$/,
              'be a notification channel of the form projects/PROJECT/notificationChannels/ID',
            ),
          ),
        ),
        googleProvider: optional(provider('google')),
      },
      destinationFits,
    );
    this.props = props;
    this.name = props.name ?? slug(this.node.path.replaceAll('/', '-'), 40);
    if (!isFirstTrail(this, props.project.id, this.name)) {
      this.node.scope?.node.tryRemoveChild(this.node.id);
      const rule =
        "be unique among the trails of the project in this app, because trails of one name overwrite each other's sink";
      refuse(this, {
        property: 'name',
        value: this.name,
        rule,
        fix: 'Use the existing one, or choose another name.',
      });
    }
    this.switchLogsOn();
    if (props.destination === 'bigquery') this.keepInBigQuery();
    else this.keepInLogBucket();
    for (const watch of this.watches()) this.watch(watch);
    this.node.addValidation({ validate: () => this.filterFits() });
  }

  private get common() {
    return { project: this.props.project.id, provider: this.props.googleProvider };
  }

  /** Predictions and token exchanges are logged only when asked for. */
  private switchLogsOn(): void {
    const { project, googleProvider } = this.props;
    switchOn(this, project.id, 'aiplatform.googleapis.com', ['DATA_READ'], googleProvider);
    switchOn(this, project.id, 'sts.googleapis.com', ['ADMIN_READ'], googleProvider);
    // Tokens of service accounts are issued by another API, which is switched on with this one.
    switchOn(this, project.id, 'iam.googleapis.com', ['ADMIN_READ'], googleProvider);
  }

  private keepInLogBucket(): void {
    const { location, retentionDays = 400, locked = false } = this.props;
    const bucket = new LoggingProjectBucketConfig(this, 'bucket', {
      ...this.common,
      location,
      bucketId: this.name,
      description: 'who did what in the project',
      retentionDays,
      locked,
      enableAnalytics: true,
    });
    this.addSink(`logging.googleapis.com/${bucket.id}`);
  }

  private keepInBigQuery(): void {
    const { location, retentionDays = 400 } = this.props;
    const dataset = new BigqueryDataset(this, 'dataset', {
      ...this.common,
      datasetId: this.name.replaceAll('-', '_'),
      location: ['eu', 'us'].includes(location) ? location.toUpperCase() : location,
      description: 'who did what in the project',
      defaultPartitionExpirationMs: retentionDays * 24 * 60 * 60 * 1000,
    });
    const sink = this.addSink(`bigquery.googleapis.com/${dataset.id}`, { usePartitionedTables: true });
    new BigqueryDatasetIamMember(this, 'sink-writes', {
      ...this.common,
      datasetId: dataset.datasetId,
      role: 'roles/bigquery.dataEditor',
      member: sink.writerIdentity,
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
        advice:
          'Someone asked for what it has no permission for: a role that is missing, or someone who tries.',
      },
      {
        id: 'key-created',
        title: 'service account key created',
        filter: KEY_CREATED,
        advice:
          'Nothing here needs a key. Find out who made it, delete it, and bind a workload identity instead.',
      },
      {
        id: 'unexpected-prediction',
        title: 'prediction by an unexpected identity',
        // Whoever is given access later in the app is known too.
        filter: Lazy.stringValue({ produce: () => this.unexpected() }),
        advice: 'Someone predicts to whom nothing in the app gave access: find the role that lets it.',
      },
    ];
  }

  private unexpected(): string {
    return unexpectedPrediction(PredictionCallers.of(this).in(this.props.project.id));
  }

  /** A metric to look back on, and an alert on the log itself, which shows the entry. */
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

  private filterFits(): string[] {
    const { length } = this.unexpected();
    return length <= LONGEST_FILTER
      ? []
      : [
          `${this.node.path}: unexpected-prediction: its filter has ${length} characters, of ${LONGEST_FILTER} at most. Let more workloads share an identity, or keep them in several projects.`,
        ];
  }
}

function destinationFits(props: GoogleAuditTrailProps, report: Report): void {
  if (props.destination !== 'bigquery') return;
  if (props.locked === true) {
    const rule = 'be false for a dataset, which Google Cloud cannot lock';
    report({ property: 'locked', value: true, rule, fix: 'Use the destination "log-bucket".' });
  }
  if (props.location === 'global') {
    const rule = 'be a region, "eu" or "us" for a dataset';
    report({ property: 'location', value: 'global', rule, fix: 'Set a region.' });
  }
}
