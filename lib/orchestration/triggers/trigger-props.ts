import type { JustificationProps } from '../../core/justification';
import type { IStepFunctionsOrchestrator } from '../state-machine/orchestrator';
import type { LogOptions, AlarmOptions, AwsProviderOptions } from '../../aws/options';

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
export interface TriggerProps extends JustificationProps, LogOptions, AlarmOptions, AwsProviderOptions {
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
}
