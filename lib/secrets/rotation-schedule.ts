import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SchedulerSchedule } from '@cdktf/provider-aws/lib/scheduler-schedule';
import { Construct } from 'constructs';
import {
  addMetadataComment,
  descriptionOf,
  justificationOf,
  type Justification,
} from '../core/justification';
import { serviceTrust } from '../aws/service-trust';
import type { AwaitedResource } from '../core/ordering';
import type { AwsAccount } from '../aws/account';
import { policyDocument } from '../aws/policy-statement';
import { arnOf, roleDescription } from '../aws/names';
import type { DeadLetterQueue } from '../aws/dead-letter-queue';
import { InlinePolicy } from '../aws/inline-policy';
import type { AwsProviderOptions } from '../aws/options';

/** Interval of the runs. The next run continues an interrupted one. */
const EVERY = 'rate(15 minutes)';

/** Props of a `RotationSchedule`. */
export interface RotationScheduleProps extends Justification, AwsProviderOptions {
  /** Name of the schedule and of its role. */
  readonly name: string;
  readonly account: AwsAccount;
  /** ARN of the alias that is called. */
  readonly functionArn: string;
  /** Queue of undelivered calls. */
  readonly deadLetters: DeadLetterQueue;
  /** Resources that exist before the first run. */
  readonly dependsOn: AwaitedResource[];
}

/** Schedule that invokes the function of a rotation. Most runs have no work. */
export class RotationSchedule extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RotationScheduleProps,
  ) {
    super(scope, id);
    const { name, functionArn, deadLetters, dependsOn, awsProvider } = props;
    const role = this.addRole();
    const policy = this.addPolicy(role);
    new SchedulerSchedule(this, 'schedule', {
      name,
      description: descriptionOf(props),
      scheduleExpression: EVERY,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: functionArn,
        roleArn: role.arn,
        input: JSON.stringify({ action: 'check' }),
        deadLetterConfig: { arn: deadLetters.arn },
        retryPolicy: { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 5 },
      },
      dependsOn: [policy, ...dependsOn],
      provider: awsProvider,
    });
  }

  private addRole(): IamRole {
    const { name, account, awsProvider } = this.props;
    const role = new IamRole(this, 'role', {
      name,
      description: roleDescription(this.props),
      assumeRolePolicy: serviceTrust('scheduler.amazonaws.com', {
        // The group is what EventBridge Scheduler names as the source.
        StringEquals: {
          'aws:SourceAccount': account.id,
          'aws:SourceArn': arnOf(account, 'scheduler', 'schedule-group/default'),
        },
      }),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(this.props) });
    return role;
  }

  private addPolicy(role: IamRole): IamRolePolicy {
    const { functionArn, deadLetters, awsProvider } = this.props;
    const statements = [
      { sid: 'InvokeRotation', actions: ['lambda:InvokeFunction'], resources: [functionArn] },
      ...deadLetters.senderStatements(),
    ];
    return new InlinePolicy(this, 'policy', {
      name: 'schedule',
      role: role.id,
      policy: policyDocument(statements),
      provider: awsProvider,
    });
  }
}
