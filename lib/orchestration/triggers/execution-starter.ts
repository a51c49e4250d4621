import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { forSource, serviceTrust } from '../../aws/service-trust';
import { terraformJson } from '../../core/terraform-json';
import type { WithInherited } from '../../core/inherited';
import { LogGroup } from '../../aws/log-group';
import { Construct } from 'constructs';
import { addMetadataComment, descriptionOf, justificationOf } from '../../core/justification';
import { partitionOf, roleArnOf } from '../../aws/account';
import { policyDocument, type AwsPolicyStatement } from '../../aws/policy-statement';
import { arnOf, roleDescription } from '../../aws/names';
import type { DeadLetterQueue } from '../../aws/dead-letter-queue';
import { ExecutionAlarms } from '../state-machine/execution-alarms';
import { LOGGING_AND_TRACING } from '../state-machine/execution-statements';
import { startStatement } from '../state-machine/orchestrator-grants';
import { starterStates } from './starter-states';
import type { TriggerProps } from './trigger-props';
import { requireUniqueName } from '../../core/unique-names';
import { InlinePolicy } from '../../aws/inline-policy';

/** Props of an `ExecutionStarter`. */
export interface ExecutionStarterProps {
  readonly trigger: WithInherited<TriggerProps>;
  readonly deduplicationPaths: readonly string[];
  readonly input?: Readonly<Record<string, unknown>>;
  readonly listed?: boolean;
  readonly deadLetters?: DeadLetterQueue;
}

/** Longest duration of a start in seconds, with its retries and the message to the dead-letter queue. */
export const START_SECONDS = 285;

/**
 * An Express state machine between the event source and the orchestrator. It derives the name of the execution from the
 * event, because no event source does. Its role can start the alias and send messages to the dead-letter queue.
 */
export class ExecutionStarter extends Construct {
  /** ARN of the starter, which the event source calls with the event. Known at synth. */
  public readonly stateMachineArn: string;
  /** ARN of the role that starts the orchestrator. Known at synth. */
  public readonly roleArn: string;
  /** The starter, which exists before the first call of the event source. */
  public readonly machine: SfnStateMachine;
  private readonly trigger: WithInherited<TriggerProps>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExecutionStarterProps,
  ) {
    super(scope, id);
    this.trigger = props.trigger;
    const { name, orchestrator, alarmActions, awsProvider } = this.trigger;
    const { id: accountId, region } = orchestrator.account;
    const among = `state machines of the account ${accountId} in ${region}`;
    requireUniqueName(this, { property: 'name', name, among });
    this.stateMachineArn = arnOf(orchestrator.account, 'states', `stateMachine:${name}`);
    this.roleArn = roleArnOf(orchestrator.account, this.roleName);
    this.machine = this.addStateMachine(this.addLog(), this.addRole());
    new ExecutionAlarms(this, 'alarms', {
      name,
      stateMachineArn: this.stateMachineArn,
      actions: alarmActions,
      awsProvider,
    });
  }

  private get roleName(): string {
    return `${this.trigger.name}-start`;
  }

  private addLog(): LogGroup {
    const { name, logRetentionDays, kmsKeyArn, awsProvider } = this.trigger;
    return new LogGroup(this, 'log', {
      name: `/aws/vendedlogs/states/${name}`,
      logRetentionDays,
      kmsKeyArn,
      awsProvider,
    });
  }

  private addRole(): { readonly role: IamRole; readonly policy: IamRolePolicy } {
    const { orchestrator, awsProvider } = this.trigger;
    const role = new IamRole(this, 'role', {
      name: this.roleName,
      description: roleDescription(this.trigger),
      assumeRolePolicy: serviceTrust(
        'states.amazonaws.com',
        forSource(orchestrator.account, this.stateMachineArn),
      ),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(this.trigger) });
    const policy = new InlinePolicy(this, 'policy', {
      name: 'start',
      role: role.id,
      policy: policyDocument(this.statements()),
      provider: awsProvider,
    });
    return { role, policy };
  }

  private statements(): AwsPolicyStatement[] {
    const { orchestrator } = this.trigger;
    const { deadLetters } = this.props;
    return [
      { sid: 'StartOrchestrator', ...startStatement(orchestrator) },
      ...(deadLetters?.senderStatements() ?? []),
      ...LOGGING_AND_TRACING,
    ];
  }

  private addStateMachine(
    log: LogGroup,
    { role, policy }: { readonly role: IamRole; readonly policy: IamRolePolicy },
  ): SfnStateMachine {
    const { name, orchestrator, awsProvider } = this.trigger;
    const { deduplicationPaths: identity, input, listed = false, deadLetters } = this.props;
    const states = starterStates({
      partition: partitionOf(orchestrator.account),
      trigger: name,
      aliasArn: orchestrator.aliasArn,
      deduplicationPaths: identity,
      input,
      listed,
      deadLetterUrl: deadLetters?.queue.url,
    });
    const machine = new SfnStateMachine(this, 'state-machine', {
      name,
      type: 'EXPRESS',
      roleArn: role.arn,
      definition: terraformJson(
        { Comment: descriptionOf(this.trigger), TimeoutSeconds: START_SECONDS, ...states },
        2,
      ),
      // An event can contain confidential data. The dead-letter queue keeps events that started no execution.
      loggingConfiguration: { level: 'ALL', includeExecutionData: false, logDestination: `${log.arn}:*` },
      tracingConfiguration: { enabled: true },
      // An event can arrive immediately after the creation.
      dependsOn: [policy, ...orchestrator.dependenciesIn(this)],
      provider: awsProvider,
    });
    addMetadataComment(machine, { ...justificationOf(this.trigger) });
    return machine;
  }
}
