import type { IConstruct } from 'constructs';
import type { AwsAccount } from '../../aws/account';
import type { CloudWatchMetric, MetricOptions } from '../../aws/metric';
import type { AwaitedResource } from '../../core/ordering';
import { constructLike, type Rule } from '../../core/rules';
import type { ExecutionMetric } from './execution-metrics';
import type { OrchestratorGrants } from './orchestrator-grants';

/** A state machine with an alias: a `StepFunctionsOrchestrator` or `StepFunctionsOrchestrator.fromArn(…)`. */
export interface IStepFunctionsOrchestrator {
  /** Name of the state machine. */
  readonly name: string;
  /** Account and region of the state machine. */
  readonly account: AwsAccount;
  /** Kind of the state machine. */
  readonly type: 'STANDARD' | 'EXPRESS';
  /** ARN of the state machine. Known at synth. */
  readonly stateMachineArn: string;
  /** Name of the alias. */
  readonly aliasName: string;
  /** ARN of the alias, which starts executions. Known at synth. */
  readonly aliasArn: string;
  /** Name of the log group with the history of all executions; undefined if the library does not know it. */
  readonly logGroupName?: string;
  /** ARNs of the functions that executions and their clean-up invoke. Empty for an imported state machine. */
  readonly functionArns: readonly string[];
  /** Names of the queues of failed clean-ups. Empty for an imported state machine. */
  readonly deadLetterQueueNames: readonly string[];
  /** Permissions on the state machine, for example `orchestrator.grants.startExecution(role)`. */
  readonly grants: OrchestratorGrants;

  /** Returns a metric of the executions as plain data, for an alarm, a dashboard or a `MetricGate`. */
  metric(name: ExecutionMetric, options?: MetricOptions): CloudWatchMetric;

  /**
   * Resources that exist before the first execution starts.
   * @param scope scope of the resource that starts executions
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

export const orchestratorRule: Rule = constructLike(
  'a StepFunctionsOrchestrator or StepFunctionsOrchestrator.fromArn(…)',
  {
    name: 'string',
    account: 'object',
    stateMachineArn: 'string',
    aliasArn: 'string',
    aliasName: 'string',
    functionArns: 'object',
    deadLetterQueueNames: 'object',
    metric: 'function',
    dependenciesIn: 'function',
  },
);
