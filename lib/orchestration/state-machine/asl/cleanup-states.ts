import type { ICancellableTarget } from '../../targets/target';
import type { State, States, StatesBlock } from './states';

/** Clean-up of the executions of one state machine. */
export interface CleanupOptions {
  /** Part of AWS, for example `aws-us-gov`. */
  readonly partition: string;
  readonly targets: readonly ICancellableTarget[];
  /** Whether steps run as child executions, which Step Functions stops some time after their parent. */
  readonly childExecutions: boolean;
  /** URL of the queue for clean-ups that failed. */
  readonly deadLetterUrl: string;
}

/** A submit ends within 90 seconds of the end of its execution: Step Functions stops no function that it has invoked. */
const AFTER_SUBMITS = 120;
const AFTER_CHILDREN = 900;

/** Pause after a failure, and maximum number of failures: four hours. */
const PAUSE = 120;
const MAX_FAILURES = 120;

const TASK_SECONDS = 90;

/**
 * States that delete what an ended execution left. The first pass deletes at once, and the second deletes what a submit
 * created in the meantime. Each pass asks whether the execution still is at its end, since a redrive starts it again:
 *
 *   begin -> describe execution -> running? -> delete jobs -> left? -> wait -> describe execution (2) -> …
 *                    ^                              | failure  |
 *                    +-------- pause <--------------+          |
 *                    +-----------------------------------------+
 *
 * DescribeExecution is eventually consistent, so a pass that reads RUNNING leads to the next pass.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export function cleanupStates(options: CleanupOptions): StatesBlock {
  const waits = [AFTER_SUBMITS, ...(options.childExecutions ? [AFTER_CHILDREN] : [])];
  return {
    StartAt: 'Begin',
    States: {
      Begin: {
        Type: 'Pass',
        Parameters: { 'execution.$': '$.execution', 'status.$': '$.status', failures: 0 },
        Next: 'Succeeded?',
      },
      // A container that has reported its result may need a moment to end.
      'Succeeded?': {
        Type: 'Choice',
        Choices: [{ Variable: '$.status', StringEquals: 'SUCCEEDED', Next: 'Wait (2)' }],
        Default: 'Describe execution',
      },
      ...passStates(options, '', 'Wait (2)'),
      ...waits.reduce<States>((states, Seconds, index) => {
        const pass = ` (${index + 2})`;
        const next = index === waits.length - 1 ? 'Done' : `Wait (${index + 3})`;
        return {
          ...states,
          [`Wait${pass}`]: { Type: 'Wait', Seconds, Next: `Describe execution${pass}` },
          ...passStates(options, pass, next),
        };
      }, {}),
      Done: { Type: 'Succeed' },
      'Send to dead-letter queue': deadLetter(options),
      'Not cleaned up': {
        Type: 'Fail',
        Error: 'NotCleanedUp',
        Cause: 'Jobs of the execution may still run. The dead-letter queue has the input of this clean-up.',
      },
    },
  };
}

function passStates({ partition, targets }: CleanupOptions, pass: string, next: string): States {
  const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }];
  const failed = [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: `Count failure${pass}` }];
  return {
    [`Describe execution${pass}`]: {
      Type: 'Task',
      Resource: `arn:${partition}:states:::aws-sdk:sfn:describeExecution`,
      Parameters: { 'ExecutionArn.$': '$.execution' },
      // The time before the call: a Job that is created later may belong to a redrive.
      ResultSelector: { 'status.$': '$.Status', 'time.$': '$$.State.EnteredTime' },
      ResultPath: '$.described',
      TimeoutSeconds: TASK_SECONDS,
      Retry: retry,
      Catch: failed,
      Next: `Running?${pass}`,
    },
    [`Running?${pass}`]: {
      Type: 'Choice',
      Choices: [{ Variable: '$.described.status', StringEquals: 'RUNNING', Next: next }],
      Default: `Delete jobs${pass}`,
    },
    [`Delete jobs${pass}`]: {
      Type: 'Parallel',
      Branches: targets.map(({ name, cleanupFunctionArn }) => deletion(`${name}${pass}`, cleanupFunctionArn)),
      ResultPath: '$.results',
      Retry: retry,
      Catch: failed,
      Next: `Left?${pass}`,
    },
    [`Left?${pass}`]: {
      Type: 'Choice',
      Choices: targets.map((_, index) => ({
        And: [
          { Variable: `$.results[${index}].left`, IsPresent: true },
          { Variable: `$.results[${index}].left`, BooleanEquals: true },
        ],
        Next: `Describe execution${pass}`,
      })),
      Default: next,
    },
    [`Count failure${pass}`]: {
      Type: 'Pass',
      Parameters: {
        'execution.$': '$.execution',
        'status.$': '$.status',
        'failures.$': 'States.MathAdd($.failures, 1)',
      },
      Next: `Too many?${pass}`,
    },
    [`Too many?${pass}`]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.failures', NumericGreaterThan: MAX_FAILURES, Next: 'Send to dead-letter queue' },
      ],
      Default: `Pause${pass}`,
    },
    [`Pause${pass}`]: { Type: 'Wait', Seconds: PAUSE, Next: `Describe execution${pass}` },
  };
}

/** A function deletes all Jobs of its target. It answers `left` when it runs out of time. */
function deletion(name: string, functionArn: string): StatesBlock {
  return {
    StartAt: name,
    States: {
      [name]: {
        Type: 'Task',
        Resource: functionArn,
        Parameters: {
          action: 'cancel',
          'execution.$': '$.execution',
          'createdBefore.$': '$.described.time',
        },
        TimeoutSeconds: TASK_SECONDS,
        End: true,
      },
    },
  };
}

function deadLetter({ partition, deadLetterUrl }: CleanupOptions): State {
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::sqs:sendMessage`,
    Parameters: { QueueUrl: deadLetterUrl, 'MessageBody.$': '$$.Execution.Input' },
    TimeoutSeconds: TASK_SECONDS,
    Retry: [
      {
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 5,
        MaxAttempts: 10,
        BackoffRate: 2,
        MaxDelaySeconds: 300,
      },
    ],
    Next: 'Not cleaned up',
  };
}
