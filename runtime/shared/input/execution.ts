import { hash } from './hash';

/** Names of one execution: run id here and in the cluster, session names on AWS and Google Cloud. */
export interface Run {
  /** Session name on AWS, part of the user agent on Google Cloud, label in the cluster. */
  readonly id: string;
  /** ARN of the execution. */
  readonly execution: string;
  /** Name of the state machine. */
  readonly stateMachine: string;
}

/** The child of a Distributed Map has the name `STATEMACHINE/LABEL`. */
export const EXECUTION_ARN =
  /^arn:aws[\w-]*:states:[a-z0-9-]+:\d{12}:execution:([^:/\s]{1,80})(?:\/[^:/\s]{1,80})?:([^:/\s]{1,80})$/;

/** https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html: the last part is unique. */
const EXPRESS_ARN =
  /^arn:aws[\w-]*:states:[a-z0-9-]+:\d{12}:express:([^:/\s]{1,80}):[^:/\s]{1,80}:([^:/\s]{1,80})$/;

/** An execution of a Standard or of an Express workflow. */
export const ANY_EXECUTION_ARN = new RegExp(`${EXECUTION_ARN.source}|${EXPRESS_ARN.source}`);

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function runOf(execution: string): Run {
  const [, stateMachine = '', name = ''] = EXECUTION_ARN.exec(execution) ?? EXPRESS_ARN.exec(execution) ?? [];
  const id = name.toLowerCase();
  return { id: UUID.test(id) ? id : executionHash(execution), execution, stateMachine };
}

/** First digits of the SHA-256 of the ARN: valid in a label, and different for two executions. */
export function executionHash(execution: string): string {
  return hash(execution).slice(0, 32);
}

/** The execution that a call is for, if it can be read: an error about the rest of the call names it. */
export function executionIn(event: unknown): string | undefined {
  const { execution } = (event ?? {}) as { execution?: unknown };
  return typeof execution === 'string' && ANY_EXECUTION_ARN.test(execution) ? execution : undefined;
}
