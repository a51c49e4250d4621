import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { SfnAlias } from '@cdktf/provider-aws/lib/sfn-alias';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct, type IConstruct } from 'constructs';
import { serviceTrust } from '../../aws/service-trust';
import { terraformJson } from '../../core/terraform-json';
import type { WithInherited } from '../../core/inherited';
import { LogGroup } from '../../aws/log-group';
import { addMetadataComment, descriptionOf, justificationOf } from '../../core/justification';
import { fitName, withName } from '../../core/names';
import { dependenciesWithin, type AwaitedResource } from '../../core/ordering';
import { validate } from '../../core/validation';
import { partitionOf, roleArnOf, type AwsAccount } from '../../aws/account';
import { policyFacts, policyDocument } from '../../aws/policy-statement';
import { arnOf, roleDescription } from '../../aws/names';
import { canAbandonJobs } from './abandoned-jobs';
import { StateMachineDefinition } from './state-machine-definition';
import { ExecutionAlarms } from './execution-alarms';
import { ExecutionCleanup } from './execution-cleanup';
import { statesIn } from './partition';
import { executionStatements } from './execution-statements';
import { EXPRESS_SECONDS, checkDefinition, orchestratorRules } from './step-functions-orchestrator-rules';
import type { StepFunctionsOrchestratorProps } from './step-functions-orchestrator-props';

const ONE_HOUR = 3_600;
const ONE_DAY = 86_400;
const ONE_YEAR = 31_536_000;

/** Alias by which executions are started, so that what runs is a version that was reviewed. */
const ALIAS = 'live';

/**
 * A state machine of AWS Step Functions that runs containers on GKE: its role invokes the functions of the targets
 * that its steps name, and nothing else; Jobs of executions that do not end well are deleted.
 */
export class StepFunctionsOrchestrator extends Construct {
  /** Name of the state machine. */
  public readonly name: string;
  /** Account and region of the state machine. */
  public readonly account: AwsAccount;
  /** Kind of the state machine. */
  public readonly type: 'STANDARD' | 'EXPRESS';
  /** ARN of the state machine. Known at synth. */
  public readonly stateMachineArn: string;
  /** Name of the alias. */
  public readonly aliasName = ALIAS;
  /** ARN of the alias: what starts executions. Known at synth. */
  public readonly aliasArn: string;
  /** ARN of the role that executions act as. Known at synth. */
  public readonly roleArn: string;
  /** Name of the log group with the history of all executions. */
  public readonly logGroupName: string;
  /** The definition, as plain data. */
  public readonly definition: StateMachineDefinition;
  /** Names of the queues that keep clean-ups that could not be delivered. */
  public readonly deadLetterQueueNames: readonly string[];

  private readonly props: WithInherited<StepFunctionsOrchestratorProps>;
  private readonly live: SfnAlias;

  constructor(scope: Construct, id: string, given: StepFunctionsOrchestratorProps) {
    super(scope, id);
    let definition: StateMachineDefinition | undefined;
    const props = validate(this, withName(this, given, 60), orchestratorRules, (values, report) => {
      definition =
        values.definition instanceof StateMachineDefinition
          ? values.definition
          : StateMachineDefinition.fromSteps(values.definition);
      checkDefinition(definition, values, report);
    });
    this.props = props;
    this.definition = definition!;
    this.name = props.name;
    this.account = props.account;
    this.type = props.type ?? 'STANDARD';
    this.stateMachineArn = arnOf(props.account, 'states', `stateMachine:${props.name}`);
    this.aliasArn = `${this.stateMachineArn}:${ALIAS}`;
    this.roleArn = roleArnOf(props.account, this.roleName);
    this.logGroupName = `/aws/vendedlogs/states/${props.name}`;

    const log = this.addLog();
    const role = this.addRole();
    const machine = this.addStateMachine(log, role);
    this.live = this.addAlias(machine);
    this.deadLetterQueueNames = this.addCleanup();
    this.allowReports();
    new ExecutionAlarms(this, 'alarms', {
      name: props.name,
      stateMachineArn: this.stateMachineArn,
      actions: props.alarmActions,
      awsProvider: props.awsProvider,
    });
  }

  /** What starts executions has to wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.live]);
  }

  private get roleName(): string {
    // A role has 64 characters.
    return `${fitName(this.props.name, 54)}-execution`;
  }

  private addLog(): LogGroup {
    const { logRetentionDays, kmsKeyArn, awsProvider } = this.props;
    return new LogGroup(this, 'log', { name: this.logGroupName, logRetentionDays, kmsKeyArn, awsProvider });
  }

  private addRole(): { readonly role: IamRole; readonly policy: IamRolePolicy } {
    const { name, account, statements = [], awsProvider } = this.props;
    const role = new IamRole(this, 'role', {
      name: this.roleName,
      description: roleDescription(this.props),
      assumeRolePolicy: serviceTrust('states.amazonaws.com', {
        // Another account could otherwise have Step Functions act as this role.
        StringEquals: { 'aws:SourceAccount': account.id },
        ArnLike: { 'aws:SourceArn': ['', ':*', '/*'].map((rest) => `${this.stateMachineArn}${rest}`) },
      }),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(this.props) });
    const all = [...executionStatements(name, account, this.definition.requirements), ...statements];
    const policy = new IamRolePolicy(this, 'policy', {
      name: 'execution',
      role: role.id,
      policy: policyDocument(all),
      provider: awsProvider,
    });
    const facts = statements.flatMap(policyFacts);
    if (facts.length > 0) addMetadataComment(policy, { statements: facts });
    return { role, policy };
  }

  private addStateMachine(
    log: LogGroup,
    { role, policy }: { readonly role: IamRole; readonly policy: IamRolePolicy },
  ): SfnStateMachine {
    const { name, account, logExecutionData, awsProvider } = this.props;
    const { states, requirements } = this.definition;
    const timeout = { TimeoutSeconds: this.timeoutSeconds() };
    const machine = new SfnStateMachine(this, 'state-machine', {
      name,
      type: this.type,
      roleArn: role.arn,
      definition: terraformJson(
        // A text may have a time-out of its own, which counts where nothing else is said.
        {
          Comment: descriptionOf(this.props),
          ...timeout,
          ...states,
          States: statesIn(partitionOf(account), states.States),
          ...timeout,
        },
        2,
      ),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: logExecutionData ?? false,
        logDestination: `${log.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
      publish: true,
      // Executions may start with the first second; the role and the functions must be there by then.
      dependsOn: [policy, ...requirements.functions.flatMap((each) => each.dependenciesIn(this))],
      provider: awsProvider,
    });
    this.node.defaultChild = machine;
    const { acknowledge } = this.props;
    addMetadataComment(machine, {
      ...justificationOf(this.props),
      ...(acknowledge && { acknowledged: acknowledge }),
    });
    return machine;
  }

  private addAlias(machine: SfnStateMachine): SfnAlias {
    return new SfnAlias(this, 'alias', {
      name: ALIAS,
      routingConfiguration: [{ stateMachineVersionArn: machine.stateMachineVersionArn, weight: 100 }],
      provider: this.props.awsProvider,
    });
  }

  /** A task token alone does nothing: who reports with it has to be allowed to, for this state machine. */
  private allowReports(): void {
    const { callbackRoles: reporters, childExecutions } = this.definition.requirements;
    for (const role of reporters) {
      role.addStatement({
        actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
        // Items of a Distributed Map are executions of a state machine with a name of its own.
        resources: [this.stateMachineArn, ...(childExecutions ? [`${this.stateMachineArn}/*`] : [])],
        reason: `reports to the state machine ${this.props.name}`,
      });
    }
  }

  private addCleanup(): string[] {
    const { name, account, kmsKeyArn, alarmActions, awsProvider } = this.props;
    const { states, requirements } = this.definition;
    const { targets, childExecutions } = requirements;
    if (targets.length === 0) return [];
    const { queueName } = new ExecutionCleanup(this, 'cleanup', {
      name,
      account,
      stateMachineArn: this.stateMachineArn,
      targets,
      childExecutions,
      afterSuccess: canAbandonJobs(states),
      ...justificationOf(this.props),
      logRetentionDays: this.props.logRetentionDays,
      kmsKeyArn,
      alarmActions,
      awsProvider,
    });
    return [
      queueName,
      ...targets.map(
        ({ cleanupDeadLetterQueueName: cleanupDeadLetterQueueName }) => cleanupDeadLetterQueueName,
      ),
    ];
  }

  private timeoutSeconds(): number {
    const { timeoutSeconds, type } = this.props;
    const { requirements: needs } = this.definition;
    if (timeoutSeconds !== undefined) return timeoutSeconds;
    if (needs.timeoutSeconds !== undefined) return needs.timeoutSeconds;
    if (type === 'EXPRESS') return EXPRESS_SECONDS;
    // Each step may be tried again, which no sum can know.
    return Math.min(ONE_YEAR, Math.max(ONE_DAY, 2 * (needs.maxSeconds ?? 0) + ONE_HOUR));
  }
}
