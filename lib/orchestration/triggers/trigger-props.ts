import type { TerraformProvider } from 'cdktf';
import type { JustificationProps } from '../../core/justification';
import type { IStepFunctionsOrchestrator } from '../state-machine/orchestrator';

/** Retries of a service before an event goes to the dead-letter queue. */
export interface DeliveryRetry {
  /**
   * Attempts after the first: 0 to 185.
   * @default 185
   */
  readonly attempts?: number;
  /**
   * Age in seconds after which the service stops to retry an event: 60 to 86,400.
   * @default 3600 (one hour)
   */
  readonly ageSeconds?: number;
}

/** Props of all triggers. */
export interface TriggerProps extends JustificationProps {
  /**
   * Name: 1 to 50 letters, digits, `-` and `_`. The names of the resources on AWS start with it.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /** Orchestrator of the type `STANDARD`. The trigger starts its alias. */
  readonly orchestrator: IStepFunctionsOrchestrator;
  /**
   * Input of the execution. Keys that end in `.$` have paths into the event, or intrinsic functions of the States
   * Language. An event without a field that the input names goes to the dead-letter queue.
   * @default - see the trigger
   */
  readonly input?: Readonly<Record<string, unknown>>;
  /**
   * Retention of the logs in days: one of the values that CloudWatch Logs accepts.
   * @default 365
   */
  readonly logRetentionDays?: number;
  /**
   * ARN of the KMS key of the logs and of the dead-letter queue. The key policy must allow CloudWatch Logs and the
   * event source to use it.
   * @default - encryption with keys of AWS
   */
  readonly kmsKeyArn?: string;
  /**
   * ARNs that alarms notify, for example of SNS topics.
   * @default - alarms without actions
   */
  readonly alarmActions?: readonly string[];
  /**
   * AWS provider of the resources on AWS.
   * @default - the default provider of the stack
   */
  readonly awsProvider?: TerraformProvider;
}
