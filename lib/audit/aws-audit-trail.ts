import { Cloudtrail } from '@cdktf/provider-aws/lib/cloudtrail';
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { serviceTrust } from '../aws/service-trust';
import type { WithInherited } from '../core/inherited';
import { checkUniqueName } from '../core/unique-names';
import { validate } from '../core/validation';
import { terraformTextJson } from '../core/terraform-json';
import { EventAlarm } from '../aws/alarm';
import { partitionOf } from '../aws/account';
import { LogGroup } from '../aws/log-group';
import { AuditBucket } from './audit-bucket';
import type { AwsAuditTrailProps } from './aws-audit-trail-props';
import { trailName } from './trail-name';
import { auditTrailCrossChecks, auditTrailRules } from './aws-audit-trail-rules';
import {
  KEY_DISABLED,
  roleChanged,
  roleRefused,
  stateMachineChanged,
  TRAIL_CHANGED,
  unexpectedExecution,
} from './aws-queries';
import { expectProviderIn } from '../aws/provider-account';
import { InlinePolicy } from '../aws/inline-policy';
import { addMetadataComment } from '../core/justification';

interface Watch {
  readonly id: string;
  readonly filters: readonly string[];
  readonly advice: string;
}

/**
 * CloudTrail trail of an AWS account, with alarms: a monitored role was denied or changed, an unexpected caller started
 * or stopped an execution, a key was disabled, a trail was stopped.
 */
export class AwsAuditTrail extends Construct {
  /** Name of the trail. */
  public readonly name: string;
  /** ARN of the trail. Known at synth. */
  public readonly arn: string;
  /** Name of the bucket. Known at synth. */
  public readonly bucketName: string;
  /** Name of the log group, for CloudWatch Logs Insights. */
  public readonly logGroupName: string;
  private readonly props: WithInherited<AwsAuditTrailProps>;

  constructor(scope: Construct, id: string, given: AwsAuditTrailProps) {
    super(scope, id);
    const props = validate(this, given, auditTrailRules, (values, report) => {
      auditTrailCrossChecks(values, report);
      const among = `audit trails of the account ${values.account.id}`;
      checkUniqueName(this, { property: 'name', name: trailName(values), among }, report);
    });
    this.props = props;
    expectProviderIn(this, props.account, props.awsProvider);
    const { account, retentionDays = 400, deletionProtection = true, kmsKeyArn, awsProvider } = props;
    this.name = trailName(props);
    this.arn = `arn:${partitionOf(account)}:cloudtrail:${account.region}:${account.id}:trail/${this.name}`;
    this.logGroupName = `/aws/cloudtrail/${this.name}`;
    const bucket = new AuditBucket(this, 'store', {
      // Names of buckets are one for all accounts of the world.
      name: `${this.name}-${account.id}`,
      account,
      trailArn: this.arn,
      retentionDays,
      deletionProtection,
      kmsKeyArn,
      awsProvider,
    });
    this.bucketName = bucket.bucketName;
    const log = this.addLog();
    this.addTrail(bucket, log);
    for (const watch of this.watches()) this.watch(watch, log);
  }

  private addLog(): LogGroup {
    const { logRetentionDays = 90, kmsKeyArn, awsProvider } = this.props;
    return new LogGroup(this, 'log', { name: this.logGroupName, logRetentionDays, kmsKeyArn, awsProvider });
  }

  private addTrail(bucket: AuditBucket, log: LogGroup): void {
    const { kmsKeyArn, awsProvider } = this.props;
    const { role, policy } = this.addRole();
    new Cloudtrail(this, 'trail', {
      name: this.name,
      s3BucketName: bucket.bucketName,
      isMultiRegionTrail: true,
      // Calls of IAM and STS are in one region only, wherever they were made.
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: kmsKeyArn,
      cloudWatchLogsGroupArn: `${log.arn}:*`,
      cloudWatchLogsRoleArn: role.arn,
      advancedEventSelector: this.selectors(),
      dependsOn: [...bucket.ready, policy],
      provider: awsProvider,
    });
  }

  /** Selectors of data events by ARN. A function has two: its own and that of its alias. */
  private selectors() {
    const { functionArns = [], stateMachineArns = [] } = this.props;
    const functions = functionArns.flatMap((each) => [each.split(':').slice(0, 7).join(':'), each]);
    return [
      {
        name: 'management events',
        fieldSelector: [{ field: 'eventCategory', equalTo: ['Management'] }],
      },
      ...dataEvents('calls of functions', 'AWS::Lambda::Function', functions),
      ...dataEvents('HTTP calls of state machines', 'AWS::StepFunctions::StateMachine', stateMachineArns),
    ];
  }

  /**
   * Its trust has no condition on the source: AWS documents none, and users report that deliveries stop with one.
   * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
   * https://github.com/prowler-cloud/prowler/issues/4714
   */
  private addRole(): { readonly role: IamRole; readonly policy: IamRolePolicy } {
    const { account, awsProvider } = this.props;
    const role = new IamRole(this, 'role', {
      name: `${this.name}-to-cloudwatch`,
      description: 'CloudTrail writes events into the log group of the alarms',
      assumeRolePolicy: serviceTrust('cloudtrail.amazonaws.com'),
      provider: awsProvider,
    });
    addMetadataComment(role, { reason: 'CloudTrail writes events into the log group of the alarms' });
    const streams = `arn:${partitionOf(account)}:logs:${account.region}:${account.id}:log-group:${this.logGroupName}:log-stream:${account.id}_CloudTrail_${account.region}*`;
    const policy = new InlinePolicy(this, 'policy', {
      name: 'log',
      role: role.id,
      policy: terraformTextJson({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'WriteLog',
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: [streams],
          },
        ],
      }),
      provider: awsProvider,
    });
    return { role, policy };
  }

  private watches(): Watch[] {
    const { roleArns = [], stateMachineArns = [], starterRoleArns = [] } = this.props;
    return [
      {
        id: 'role-refused',
        filters: roleArns.map(roleRefused),
        advice:
          'AssumeRole was denied for a role that is federated to Google. Find the caller: a misconfigured function or an attack.',
      },
      {
        id: 'role-changed',
        filters: roleArns.map(roleChanged),
        advice:
          'The trust or the permissions of a monitored role changed. Check that the pipeline made the change.',
      },
      {
        id: 'unexpected-execution',
        filters: stateMachineArns.map((each) => unexpectedExecution(each, starterRoleArns)),
        advice: 'An unexpected caller started, stopped or redrove an execution.',
      },
      {
        id: 'state-machine-changed',
        filters: stateMachineArns.map(stateMachineChanged),
        advice: 'A state machine or its alias changed. Check that the pipeline made the change.',
      },
      {
        id: 'key-disabled',
        filters: [KEY_DISABLED],
        advice: 'A key is disabled or scheduled for deletion. Data that it encrypts becomes unreadable.',
      },
      {
        id: 'trail-changed',
        filters: [TRAIL_CHANGED],
        advice: 'A trail was stopped, deleted or changed. Later events may not be recorded.',
      },
    ].filter(({ filters }) => filters.length > 0);
  }

  private watch({ id, filters, advice }: Watch, log: LogGroup): void {
    const { alarmActions, awsProvider } = this.props;
    const metric = { namespace: `cdktf-multicloud/audit/${this.name}`, name: id };
    filters.forEach((pattern, index) => {
      const suffix = index === 0 ? '' : `-${index + 1}`;
      new CloudwatchLogMetricFilter(this, `${id}${suffix}-metric`, {
        name: `${this.name}-${id}${suffix}`,
        logGroupName: log.name,
        pattern,
        metricTransformation: { ...metric, value: '1' },
        provider: awsProvider,
      });
    });
    new EventAlarm(this, `${id}-alarm`, {
      name: `${this.name}-${id}`,
      description: advice,
      metric: { namespace: metric.namespace, metricName: metric.name, statistic: 'Sum' },
      actions: alarmActions,
      awsProvider,
    });
  }
}

function dataEvents(name: string, type: string, arns: readonly string[]) {
  if (arns.length === 0) return [];
  return [
    {
      name,
      fieldSelector: [
        { field: 'eventCategory', equalTo: ['Data'] },
        { field: 'resources.type', equalTo: [type] },
        { field: 'resources.ARN', equalTo: [...new Set(arns)] },
      ],
    },
  ];
}
