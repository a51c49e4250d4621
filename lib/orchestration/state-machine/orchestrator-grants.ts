import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { fitName } from '../../core/names';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import { awsRole, grantToRole, type AwsRole } from '../../aws/role';
import { grantJustification, type GrantReason } from '../../core/grant-reason';
import type { JustificationProps } from '../../core/justification';
import { problemsOf, refuse } from '../../core/validation';
import type { IStepFunctionsOrchestrator } from './orchestrator';
import type { AwsProviderOptions } from '../../aws/options';

/** Props of an orchestrator that its grants use. */
export interface OrchestratorGrantDefaults extends JustificationProps, AwsProviderOptions {}

/** Facts of a state machine that a grant names. */
export type StartedMachine = Pick<
  IStepFunctionsOrchestrator,
  'type' | 'name' | 'stateMachineArn' | 'aliasName'
>;

/**
 * Permission to start executions of an alias. IAM checks `states:StartExecution` of an alias against the state
 * machine, and the alias in a condition only.
 * https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html
 */
export function startStatement({
  type,
  stateMachineArn,
  aliasName,
}: Omit<StartedMachine, 'name'>): AwsPolicyStatement {
  return {
    // Only an Express state machine has synchronous executions.
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
    actions: ['states:StartExecution', ...(type === 'EXPRESS' ? ['states:StartSyncExecution'] : [])],
    resources: [stateMachineArn],
    conditions: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': [aliasName] } },
  };
}

/** Permissions on one orchestrator: `orchestrator.grants.startExecution(role, { reason })`. */
export class OrchestratorGrants {
  /**
   * @param orchestrator state machine of the permissions
   * @param defaults justification and provider of grants that have none
   */
  constructor(
    private readonly orchestrator: Construct & StartedMachine,
    private readonly defaults: OrchestratorGrantDefaults,
  ) {}

  /**
   * Allows a role to start executions of the alias, and nothing else: no reading and no stopping of executions.
   * @param role a `GkeToAwsRole`, an `IamRole`, or `{ name }` of a role of another tool
   * @returns the policy, so that other resources can depend on it
   */
  public startExecution(role: AwsRole, options: GrantReason = {}): TerraformResource[] {
    const [problem] = problemsOf(awsRole, role, 'role');
    if (problem !== undefined) refuse(this.orchestrator, problem);
    const justification = grantJustification(this.orchestrator, options, this.defaults);
    return grantToRole(role, {
      scope: this.orchestrator,
      name: `start-${fitName(this.orchestrator.name, 60)}`,
      identity: this.orchestrator.stateMachineArn,
      statements: [{ ...startStatement(this.orchestrator), reason: justification.reason }],
      justification,
      awsProvider: this.defaults.awsProvider,
    });
  }

  /** Returns the statement of `startExecution`, for the policy of a role of another tool. */
  public startExecutionStatement(options: GrantReason = {}): AwsPolicyStatement {
    const { reason } = grantJustification(this.orchestrator, options, this.defaults);
    return { ...startStatement(this.orchestrator), reason };
  }
}
