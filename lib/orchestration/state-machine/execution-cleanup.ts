import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { fitName } from '../../core/names';
import type { AwsAccount } from '../../aws/account';
import { arnOf } from '../../aws/names';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';
import type { ICancellableTarget } from '../targets/target';

/** Props of an `ExecutionCleanup`. */
export interface ExecutionCleanupProps {
  readonly name: string;
  readonly account: AwsAccount;
  readonly stateMachineArn: string;
  readonly targets: readonly ICancellableTarget[];
  readonly kmsKeyArn?: string;
  readonly alarmActions?: readonly string[];
  readonly awsProvider?: TerraformProvider;
}

/** Targets that one rule of EventBridge may have. */
const TARGETS_OF_A_RULE = 5;

/**
 * When an execution is aborted, times out or fails, its Jobs are deleted: nobody waits for them any more. What cannot
 * be delivered is kept in a queue.
 */
export class ExecutionCleanup extends Construct {
  /** Name of the queue. */
  public readonly queueName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExecutionCleanupProps,
  ) {
    super(scope, id);
    const { name, account, kmsKeyArn, alarmActions, awsProvider } = props;
    this.queueName = `${name}-cleanup-undelivered`;
    const queue = new DeadLetterQueue(this, 'dead-letters', {
      name: this.queueName,
      account,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
    for (let first = 0; first < props.targets.length; first += TARGETS_OF_A_RULE) {
      this.addRule(first, props.targets.slice(first, first + TARGETS_OF_A_RULE), queue);
    }
  }

  private addRule(first: number, targets: readonly ICancellableTarget[], queue: DeadLetterQueue): void {
    const { name, account, stateMachineArn, awsProvider } = this.props;
    const suffix = first === 0 ? '' : `-${first / TARGETS_OF_A_RULE + 1}`;
    const ruleName = `${fitName(name, 50)}-cleanup${suffix}`;
    const ruleArn = arnOf(account, 'events', `rule/${ruleName}`);
    const rule = new CloudwatchEventRule(this, `ended-badly${suffix}`, {
      name: ruleName,
      description: `Deletes the Jobs of executions of ${name} that were aborted, timed out or failed.`,
      eventPattern: JSON.stringify({
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { status: ['ABORTED', 'TIMED_OUT', 'FAILED'], stateMachineArn: [stateMachineArn] },
      }),
      provider: awsProvider,
    });
    queue.allow('events.amazonaws.com', ruleArn);
    for (const target of targets) this.addTarget(target, rule, ruleArn, queue);
  }

  private addTarget(
    target: ICancellableTarget,
    rule: CloudwatchEventRule,
    ruleArn: string,
    queue: DeadLetterQueue,
  ): void {
    const { name, awsProvider } = this.props;
    const [functionName, qualifier] = target.cleanupFunctionArn.split(':').slice(-2);
    const permission = new LambdaPermission(this, `may-call-${target.name}`, {
      statementId: `cleanup-${name}`,
      action: 'lambda:InvokeFunction',
      functionName: functionName!,
      qualifier,
      principal: 'events.amazonaws.com',
      sourceArn: ruleArn,
      dependsOn: target.dependenciesIn(this),
      provider: awsProvider,
    });
    new CloudwatchEventTarget(this, target.name, {
      rule: rule.name,
      targetId: target.name,
      arn: target.cleanupFunctionArn,
      inputTransformer: {
        inputPaths: { execution: '$.detail.executionArn' },
        inputTemplate: '{"action":"cancel","execution":<execution>}',
      },
      deadLetterConfig: { arn: queue.arn },
      retryPolicy: { maximumEventAgeInSeconds: 3_600, maximumRetryAttempts: 20 },
      dependsOn: [permission],
      provider: awsProvider,
    });
  }
}
