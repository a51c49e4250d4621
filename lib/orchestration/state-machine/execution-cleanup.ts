import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import { forSource, serviceTrust } from '../../aws/service-trust';
import { terraformJson } from '../../core/terraform-json';
import { addMetadataComment, justificationOf, type Justification } from '../../core/justification';
import { fitName } from '../../core/names';
import { partitionOf, type AwsAccount } from '../../aws/account';
import { policyDocument, type AwsPolicyStatement } from '../../aws/policy-statement';
import { arnOf, roleDescription } from '../../aws/names';
import { LogGroup } from '../../aws/log-group';
import { DeadLetterQueue } from '../../aws/dead-letter-queue';
import type { ICancellableTarget } from '../targets/target';
import { cleanupStates } from './asl/cleanup-states';
import { ExecutionAlarms } from './execution-alarms';
import { LOGGING_AND_TRACING } from './execution-statements';
import { InlinePolicy } from '../../aws/inline-policy';
import type { LogOptions, AlarmOptions, AwsProviderOptions } from '../../aws/options';

/** Props of an `ExecutionCleanup`. */
export interface ExecutionCleanupProps extends Justification, LogOptions, AlarmOptions, AwsProviderOptions {
  /** Name of the state machine whose executions are cleaned up. */
  readonly name: string;
  /** Account and region of the state machine. */
  readonly account: AwsAccount;
  /** ARN of the state machine whose executions are cleaned up. */
  readonly stateMachineArn: string;
  /** Targets of its steps: at least one. */
  readonly targets: readonly ICancellableTarget[];
  /** Whether an execution can succeed while a job of it runs, so that successful executions are cleaned up too. */
  readonly afterSuccess: boolean;
  /** Whether steps run as child executions. */
  readonly childExecutions: boolean;
}

/** A clean-up that waits out an outage of four hours and its passes ends within a day. */
const ONE_DAY = 86_400;

/** Statuses of an unsuccessful execution. */
const UNSUCCESSFUL = ['ABORTED', 'TIMED_OUT', 'FAILED'];

/**
 * Deletes the jobs that an ended execution left. EventBridge starts a small state machine, which calls the clean-up
 * functions of the targets. Events that cannot be delivered and clean-ups that fail are kept in a queue with an alarm.
 */
export class ExecutionCleanup extends Construct {
  /** Name of the queue. */
  public readonly queueName: string;
  /** ARN of the state machine that cleans up. Known at synth. */
  public readonly cleanupStateMachineArn: string;
  private readonly queue: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExecutionCleanupProps,
  ) {
    super(scope, id);
    const { name, account, kmsKeyArn, alarmActions, awsProvider } = props;
    this.queueName = `${name}-cleanup-undelivered`;
    this.cleanupStateMachineArn = arnOf(account, 'states', `stateMachine:${this.machineName}`);
    this.queue = new DeadLetterQueue(this, 'dead-letters', {
      name: this.queueName,
      account,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
    const machine = this.addStateMachine();
    this.addRule(machine);
    new ExecutionAlarms(this, 'alarms', {
      name: this.machineName,
      stateMachineArn: this.cleanupStateMachineArn,
      actions: alarmActions,
      awsProvider,
    });
  }

  private get machineName(): string {
    return `${this.props.name}-cleanup`;
  }

  private addStateMachine(): SfnStateMachine {
    const { targets, childExecutions, kmsKeyArn, logRetentionDays, awsProvider } = this.props;
    const log = new LogGroup(this, 'log', {
      name: `/aws/vendedlogs/states/${this.machineName}`,
      logRetentionDays,
      kmsKeyArn,
      awsProvider,
    });
    const { role, policy } = this.addRole('role', `${fitName(this.props.name, 54)}-cleanup`, {
      service: 'states.amazonaws.com',
      sourceArn: this.cleanupStateMachineArn,
      statements: this.statements(),
    });
    const states = cleanupStates({
      partition: partitionOf(this.props.account),
      targets,
      childExecutions,
      deadLetterUrl: this.queue.queue.url,
    });
    const machine = new SfnStateMachine(this, 'state-machine', {
      name: this.machineName,
      type: 'STANDARD',
      roleArn: role.arn,
      definition: terraformJson({ TimeoutSeconds: ONE_DAY, ...states }, 2),
      loggingConfiguration: { level: 'ALL', includeExecutionData: false, logDestination: `${log.arn}:*` },
      tracingConfiguration: { enabled: true },
      dependsOn: [policy, ...targets.flatMap((each) => each.dependenciesIn(this))],
      provider: awsProvider,
    });
    addMetadataComment(machine, { ...justificationOf(this.props) });
    return machine;
  }

  private statements(): AwsPolicyStatement[] {
    const { name, account, targets } = this.props;
    return [
      {
        sid: 'InvokeCleanupFunctions',
        actions: ['lambda:InvokeFunction'],
        resources: [...new Set(targets.map(({ cleanupFunctionArn }) => cleanupFunctionArn))].sort(),
      },
      {
        sid: 'DescribeExecutions',
        actions: ['states:DescribeExecution'],
        resources: [arnOf(account, 'states', `execution:${name}:*`)],
      },
      ...this.queue.senderStatements(),
      ...LOGGING_AND_TRACING,
    ];
  }

  private addRule(machine: SfnStateMachine): void {
    const { name, account, stateMachineArn, afterSuccess, awsProvider } = this.props;
    const ruleName = `${fitName(name, 50)}-cleanup`;
    const ruleArn = arnOf(account, 'events', `rule/${ruleName}`);
    const rule = new CloudwatchEventRule(this, 'ended-badly', {
      name: ruleName,
      description: `Deletes the Jobs that executions of ${name} left.`,
      eventPattern: terraformJson({
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          status: [...UNSUCCESSFUL, ...(afterSuccess ? ['SUCCEEDED'] : [])],
          stateMachineArn: [stateMachineArn],
        },
      }),
      provider: awsProvider,
    });
    this.queue.allow('events.amazonaws.com', ruleArn);
    const { role, policy } = this.addRole('start-role', `${fitName(name, 48)}-cleanup-start`, {
      service: 'events.amazonaws.com',
      sourceArn: ruleArn,
      statements: [
        { sid: 'StartCleanup', actions: ['states:StartExecution'], resources: [this.cleanupStateMachineArn] },
      ],
    });
    new CloudwatchEventTarget(this, 'target', {
      rule: rule.name,
      targetId: 'cleanup',
      arn: this.cleanupStateMachineArn,
      roleArn: role.arn,
      inputTransformer: {
        inputPaths: { execution: '$.detail.executionArn', status: '$.detail.status' },
        inputTemplate: '{"execution":<execution>,"status":<status>}',
      },
      deadLetterConfig: { arn: this.queue.arn },
      retryPolicy: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 },
      dependsOn: [policy, machine],
      provider: awsProvider,
    });
  }

  private addRole(
    id: string,
    name: string,
    { service, sourceArn, statements }: RoleOptions,
  ): { readonly role: IamRole; readonly policy: IamRolePolicy } {
    const { account, awsProvider } = this.props;
    const role = new IamRole(this, id, {
      name,
      description: roleDescription(this.props),
      assumeRolePolicy: serviceTrust(service, forSource(account, sourceArn)),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(this.props) });
    const policy = new InlinePolicy(this, `${id}-policy`, {
      name: 'cleanup',
      role: role.id,
      policy: policyDocument(statements),
      provider: awsProvider,
    });
    return { role, policy };
  }
}

interface RoleOptions {
  readonly service: string;
  readonly sourceArn: string;
  readonly statements: readonly AwsPolicyStatement[];
}
