import type { State, StatesBlock } from '../state-machine/asl/states';
import { fieldsRead } from '../state-machine/fields-read';

/** Settings of a starter. */
export interface Start {
  readonly partition: string;
  /** Name of the trigger, part of the execution name. */
  readonly trigger: string;
  /** ARN of the alias that is started. */
  readonly aliasArn: string;
  /** Paths of the fields that identify an event. */
  readonly deduplicationPaths: readonly string[];
  /** Input of the execution; the event if omitted. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** Whether the event comes as the only item of a list. */
  readonly listed: boolean;
  /** URL of the queue that keeps events that start nothing; none where the service that calls keeps them. */
  readonly deadLetterUrl?: string;
}

// Named after the exception of the API, as all optimized integrations are.
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html
const STARTED_BEFORE = 'StepFunctions.ExecutionAlreadyExistsException';

/**
 * Waits at most 213 seconds for errors that come at once. A burst can use up the token bucket of StartExecution for a
 * minute: 800 starts, and 150 more each second in most regions. With the calls that time out and with the dead-letter
 * queue, a starter takes at most 271 of its 285 seconds. Many short waits vary less in sum than few long ones.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const START_RETRY = {
  IntervalSeconds: 1,
  BackoffRate: 2,
  MaxAttempts: 22,
  MaxDelaySeconds: 11,
  JitterStrategy: 'FULL',
};

/** A call that times out takes its time-out too, so it has few retries. */
const TIMEOUT_RETRY = { ...START_RETRY, MaxAttempts: 2 };

/** Waits at most 15 seconds. */
const SEND_RETRY = { ...START_RETRY, MaxAttempts: 4 };

/** Both APIs answer within a second. */
const CALL_SECONDS = 5;

/**
 * States that start one execution for an event, however often the event comes. The execution is named after what
 * tells the event from others, and Step Functions takes a name once in 90 days; with the same name and input it
 * answers as it did the first time, while that execution runs.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function starterStates(start: Start): StatesBlock {
  const { listed, deadLetterUrl } = start;
  const kept = deadLetterUrl === undefined ? 'Not started' : 'Send to dead-letter queue';
  const fields = fieldsRead({ 'identity.$': start.deduplicationPaths.join(' '), input: start.input });
  const first = fields.length > 0 ? 'Validate event' : 'Start';
  return {
    StartAt: listed ? 'Unwrap event' : first,
    States: {
      ...(listed && { 'Unwrap event': { Type: 'Pass', InputPath: '$[0]', Next: first } }),
      ...(fields.length > 0 && { 'Validate event': whole(fields, kept) }),
      Start: startState(start, kept),
      ...(deadLetterUrl !== undefined && { 'Send to dead-letter queue': keep(start, deadLetterUrl) }),
      Started: { Type: 'Succeed' },
      'Already started': { Type: 'Succeed' },
      'Not started': {
        Type: 'Fail',
        Error: 'NotStarted',
        Cause: `The event started no execution of ${start.aliasArn}.`,
      },
    },
  };
}

function whole(fields: readonly string[], otherwise: string): State {
  return {
    Type: 'Choice',
    Choices: [{ And: fields.map((Variable) => ({ Variable, IsPresent: true })), Next: 'Start' }],
    Default: otherwise,
  };
}

function startState(
  { partition, trigger, aliasArn, deduplicationPaths: identity, input }: Start,
  otherwise: string,
): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::states:startExecution`,
    Parameters: {
      StateMachineArn: aliasArn,
      'Name.$': `States.Hash(States.JsonToString(States.Array('${trigger}', ${identity.join(', ')})), 'SHA-256')`,
      ...(input === undefined ? { 'Input.$': '$' } : { Input: input }),
    },
    TimeoutSeconds: CALL_SECONDS,
    Retry: [
      { ErrorEquals: [STARTED_BEFORE], MaxAttempts: 0 },
      { ErrorEquals: ['States.Timeout'], ...TIMEOUT_RETRY },
      { ErrorEquals: ['States.ALL'], ...START_RETRY },
    ],
    Catch: [
      { ErrorEquals: [STARTED_BEFORE], Next: 'Already started' },
      { ErrorEquals: ['States.ALL'], Next: otherwise },
    ],
    Next: 'Started',
  };
}

function keep({ partition, trigger }: Start, url: string): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sqs:sendMessage`,
    Parameters: {
      QueueUrl: url,
      // The unchanged event, so that an operator can repeat the start.
      'MessageBody.$': '$$.Execution.Input',
      MessageAttributes: { trigger: { DataType: 'String', StringValue: trigger } },
    },
    TimeoutSeconds: CALL_SECONDS,
    Retry: [{ ErrorEquals: ['States.ALL'], ...SEND_RETRY }],
    Next: 'Not started',
  };
}
