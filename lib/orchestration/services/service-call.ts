import type { GkeServiceStepProps } from './gke-service-step-props';
import type { Retrier, State, States } from '../state-machine/asl/states';

/** Properties of a call of a service, through a function or API Gateway. */
export interface ServiceCallProps {
  readonly props: GkeServiceStepProps;
  /** Name of the step. */
  readonly step: string;
  /** Name of a state of the step. */
  readonly at: (part: string) => string;
  /** JSONPath of the ARN of the execution. */
  readonly execution: string;
  readonly timeoutSeconds: number;
  /** Tries after errors of the service. */
  readonly retry: readonly Retrier[];
  /** `Next` or `End` after the call. */
  readonly leave: State;
}

/** Two parts of a step. */
export interface ServiceCall {
  /** Request, as a payload template of the input of the step. */
  readonly request: State;
  /** The state "call", and what it leads to. */
  readonly states: States;
}

/** Path of the value by which a service distinguishes a retry from a new call. */
export function keyOf({ idempotencyKeyPath }: GkeServiceStepProps): string {
  return idempotencyKeyPath ?? 'States.UUID()';
}

/** The path that is called, of the input of the step. */
export function pathOf({ path }: GkeServiceStepProps): State {
  return path.startsWith('/') ? { path } : { 'path.$': path };
}
