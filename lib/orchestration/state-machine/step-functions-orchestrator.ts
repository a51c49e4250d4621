import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
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
import type { CloudWatchMetric, MetricOptions } from '../../aws/metric';
import { canAbandonJobs } from './asl/abandoned-jobs';
import type { StateMachineDefinition } from './state-machine-definition';
import { ExecutionAlarms } from './execution-alarms';
import { ExecutionCleanup } from './execution-cleanup';
import { executionMetric, type ExecutionMetric } from './execution-metrics';
import { statesIn } from './asl/partition';
import { executionStatements } from './execution-statements';
import { definitionOf, withFunctionAccount } from './function-account';
import { ImportedOrchestrator } from './imported-orchestrator';
import type { IStepFunctionsOrchestrator } from './orchestrator';
import { OrchestratorGrants } from './orchestrator-grants';
import { executionTimeoutOf } from './execution-timeout';
import { checkDefinition, orchestratorRules } from './step-functions-orchestrator-rules';
import type { StepFunctionsOrchestratorProps } from './step-functions-orchestrator-props';
import { checkUniqueName } from '../../core/unique-names';
import { expectProviderIn } from '../../aws/provider-account';
import { InlinePolicy } from '../../aws/inline-policy';

/** Alias by which executions are started, so that what runs is a version that was reviewed. */
const ALIAS = 'live';

/**
 * A state machine of AWS Step Functions that runs containers on GKE: its role invokes the functions of the targets
 * that its steps name, and no others. The clean-up deletes Jobs of unsuccessful executions.
 */
export class StepFunctionsOrchestrator extends Construct implements IStepFunctionsOrchestrator {
  /**
   * Imports a standard state machine of another stack or tool.
   * @param aliasArn ARN of an alias, known at synth: `arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS`
   */
  public static fromArn(scope: Construct, id: string, aliasArn: string): IStepFunctionsOrchestrator {
    return new ImportedOrchestrator(scope, id, aliasArn);
  }

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
  /** ARN of the execution role. Known at synth. */
  public readonly roleArn: string;
  /** Name of the log group with the history of all executions. */
  public readonly logGroupName: string;
  /** The definition, as plain data. */
  public readonly definition: StateMachineDefinition;
  /** ARNs of the functions that executions and their clean-up invoke, without doubles. */
  public readonly functionArns: readonly string[];
  /** Names of the queues of failed clean-ups. */
  public readonly deadLetterQueueNames: readonly string[];
  /** Permissions on the state machine: `orchestrator.grants.startExecution(role, { reason })`. */
  public readonly grants: OrchestratorGrants;

  private readonly props: WithInherited<StepFunctionsOrchestratorProps>;
  private readonly live: SfnAlias;

  constructor(scope: Construct, id: string, given: StepFunctionsOrchestratorProps) {
    super(scope, id);
    let definition: StateMachineDefinition | undefined;
    const props = validate(
      this,
      withFunctionAccount(withName(this, given, 60)),
      orchestratorRules,
      (values, report) => {
        definition = definitionOf(values.definition);
        checkDefinition(definition, values, report);
        const { id, region } = values.account;
        const among = `state machines of the account ${id} in ${region}`;
        checkUniqueName(this, { property: 'name', name: values.name, among }, report);
      },
    );
    this.props = props;
    expectProviderIn(this, props.account, props.awsProvider);
    this.definition = definition ?? definitionOf(props.definition);
    this.name = props.name;
    this.account = props.account;
    this.type = props.type ?? 'STANDARD';
    this.stateMachineArn = arnOf(props.account, 'states', `stateMachine:${props.name}`);
    this.aliasArn = `${this.stateMachineArn}:${ALIAS}`;
    this.roleArn = roleArnOf(props.account, this.roleName);
    this.logGroupName = `/aws/vendedlogs/states/${props.name}`;
    this.functionArns = functionArnsOf(this.definition);
    this.grants = new OrchestratorGrants(this, props);

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

  /**
   * Returns a metric of the executions as plain data, for an alarm, a dashboard or a `MetricGate`. Counts have the
   * statistic `Sum`, and `ExecutionTime` has `Maximum`, in milliseconds.
   */
  public metric(name: ExecutionMetric, options?: MetricOptions): CloudWatchMetric {
    return executionMetric(this.stateMachineArn, name, options);
  }

  /** Resources that exist before the first execution starts. */
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
        // Without the condition, another account could make Step Functions assume this role.
        StringEquals: { 'aws:SourceAccount': account.id },
        ArnLike: { 'aws:SourceArn': ['', ':*', '/*'].map((rest) => `${this.stateMachineArn}${rest}`) },
      }),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(this.props) });
    const all = [...executionStatements(name, account, this.definition.requirements), ...statements];
    const policy = new InlinePolicy(this, 'policy', {
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
    const timeout = { TimeoutSeconds: executionTimeoutOf(this.props, requirements) };
    const machine = new SfnStateMachine(this, 'state-machine', {
      name,
      type: this.type,
      roleArn: role.arn,
      definition: terraformJson(
        // A definition in text form can have a time-out, which applies without the prop.
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
    const { callbackRoles, childExecutions } = this.definition.requirements;
    for (const role of callbackRoles) {
      role.addStatement({
        actions: ['states:SendTaskSuccess', 'states:SendTaskFailure', 'states:SendTaskHeartbeat'],
        // Items of a Distributed Map are executions of a state machine with another name.
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
    return [queueName];
  }
}

function functionArnsOf({ requirements: { functions, targets } }: StateMachineDefinition): string[] {
  const arns = [
    ...functions.map(({ functionArn }) => functionArn),
    ...targets.map(({ cleanupFunctionArn }) => cleanupFunctionArn),
  ];
  return [...new Set(arns)].sort();
}
