import { TRANSIENT_LAMBDA_ERRORS } from './lambda-errors';

/*
 * The Amazon States Language as plain data. https://states-language.net/spec.html
 */

/** One state. */
export type State = Readonly<Record<string, unknown>>;

/** States by name. */
export type States = Readonly<Record<string, State>>;

/** A state machine, or the part of one that a branch or an item runs. */
export interface StatesBlock {
  /** Name of the first state. */
  readonly StartAt: string;
  /** States by name. */
  readonly States: States;
}

/** One entry of `Retry`. */
export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** One entry of `Catch`. */
export interface Catcher {
  /** Names of the errors. */
  readonly ErrorEquals: readonly string[];
  /** Reference path for `{ Error, Cause }`; `null` keeps the input unchanged. @default - the error replaces the input */
  readonly ResultPath?: string | null;
  /** Name of the state that handles the error. */
  readonly Next: string;
}

/**
 * Retries of a call of a function that may be made twice.
 * @param errors names of retryable errors, in addition to transient errors of Lambda
 * @param maxAttempts calls after the first
 */
export function retryCalls(errors: readonly string[], maxAttempts: number): Retrier {
  return {
    ErrorEquals: [...TRANSIENT_LAMBDA_ERRORS, ...errors],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxAttempts: maxAttempts,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  };
}

/** The field, or nothing where it has no value. */
export function field(name: string, value: unknown): State {
  return value === undefined ? {} : { [name]: value };
}
