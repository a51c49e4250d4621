/** A Lambda function of the user that sets or tests a value in the system that uses it. */
export interface RotationFunctionHook {
  /** Kind of the hook, which `RotationHook.lambda` sets. */
  readonly kind: 'lambda';
  /**
   * ARN of an alias of the function. The function receives `{ step, secret, version, previousVersion }` and reads the
   * value itself. The rotation can invoke it again with the same version.
   */
  readonly functionArn: string;
  /**
   * Seconds after which the rotation stops waiting for the result: 1 to 300.
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

/** A state machine of the user that sets or tests a value, for example one that runs a Job on GKE. */
export interface RotationStateMachineHook {
  /** Kind of the hook, which `RotationHook.stateMachine` sets. */
  readonly kind: 'state-machine';
  /**
   * ARN of an alias of a standard state machine, known at synth: `orchestrator.aliasArn`. The input is
   * `{ step, secret, version, previousVersion }`. The Job reads the value itself, so that no history contains it. The
   * rotation can start it again with the same version.
   */
  readonly stateMachineArn: string;
  /**
   * Seconds after which the rotation stops the execution: 10 to 600. `setSecret` and `testSecret` have 780 seconds
   * together.
   * @default 300
   */
  readonly timeoutSeconds?: number;
}

/** A function or a state machine that sets or tests a value in the system that uses it. */
export type RotationHook = RotationFunctionHook | RotationStateMachineHook;

/** Factories of hooks, for example `RotationHook.lambda({ functionArn: alias.arn })`. */
export const RotationHook = Object.freeze({
  /** A hook that invokes a Lambda function. */
  lambda: (options: Omit<RotationFunctionHook, 'kind'>): RotationFunctionHook => ({
    ...options,
    kind: 'lambda',
  }),
  /** A hook that runs an execution of a state machine. */
  stateMachine: (options: Omit<RotationStateMachineHook, 'kind'>): RotationStateMachineHook => ({
    ...options,
    kind: 'state-machine',
  }),
});
