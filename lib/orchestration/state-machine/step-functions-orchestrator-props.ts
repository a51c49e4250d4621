import type { JustificationProps } from '../../core/justification';
import type { AwsAccount } from '../../aws/account';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import type { StateMachineDefinition } from './state-machine-definition';
import type { IChainable } from './step';
import type { LogOptions, AlarmOptions, AwsProviderOptions } from '../../aws/options';

/** Safety checks to override, each with a reason. */
export interface OrchestratorAcknowledgements {
  /**
   * Why an HTTP task (`http:invoke`) signs in with a secret that EventBridge keeps.
   * @default - HTTP tasks are rejected
   */
  readonly storedSecret?: string;
  /**
   * Reason why the longest path may have more history events than an execution can have, for example because the jobs
   * always end long before their time-out.
   * @default - such a definition is rejected
   */
  readonly historyEvents?: string;
  /**
   * Reason why an execution may time out before the last retry of its longest path.
   * @default - `timeoutSeconds` must allow all retries
   */
  readonly earlyTimeout?: string;
}

/** Props of a `StepFunctionsOrchestrator`. */
export interface StepFunctionsOrchestratorProps
  extends JustificationProps, LogOptions, AlarmOptions, AwsProviderOptions {
  /**
   * Name of the state machine: 1 to 60 letters, digits, `-` and `_`.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /**
   * Account and region of the state machine.
   * @default - the account of the targets and gates of its steps, else of `Defaults.of(scope)`; required if there is
   * none
   */
  readonly account?: AwsAccount;
  /** A step or a chain of steps, or a `Definition` from a file or a text. */
  readonly definition: IChainable | StateMachineDefinition;
  /**
   * Kind of the state machine. `EXPRESS` runs for five minutes at most, so that it can start no Job.
   * @default STANDARD
   */
  readonly type?: 'STANDARD' | 'EXPRESS';
  /**
   * Seconds that an execution may take: at least the longest path with all retries, and at most a year; for `EXPRESS`
   * more than any of its steps, and at most 300. Required with a Distributed Map, unless the text of the definition has
   * `TimeoutSeconds`.
   * @default - the longest path with all retries and an hour, at least twice the time-outs of all steps and at least a day;
   *   a year with a Map or with a wait that the input decides; 300 for `EXPRESS`
   */
  readonly timeoutSeconds?: number;
  /**
   * Statements of the execution role, in addition to those of the steps.
   * @default - no additional statements
   */
  readonly statements?: readonly AwsPolicyStatement[];
  /**
   * Whether the log includes inputs and results, which can contain confidential data.
   * @default false
   */
  readonly logExecutionData?: boolean;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: OrchestratorAcknowledgements;
}
