import { DECIDED_ERRORS, GKE_ERRORS, UNDECIDED_ERRORS } from '../../contracts/job-errors';
import type { JobResult, OutputStatus, PollSchedule } from '../../contracts/jobs';
import type { JobManifest } from './gke-job-spec';
import { retryCalls, type Catcher, type Retrier, type State, type States } from '../state-machine/asl/states';
import { functionTask, pollStates, resultStart } from '../state-machine/steps/poll-states';
import { retryUndecided } from '../state-machine/steps/undecided-retries';

/** One Job, from its submission to its end. */
export interface JobStatesProps {
  /** Name of the step. */
  readonly step: string;
  /** Name of the first state. */
  readonly name: string;
  /** First part of the Job's name. */
  readonly jobName: string;
  /** JSONPath of the ARN of the execution. */
  readonly execution: string;
  readonly functionArn: string;
  readonly job: JobManifest;
  readonly exitCodes: Readonly<Record<string, string>>;
  readonly pendingSeconds: number;
  readonly timeoutSeconds: number;
  /** Seconds between two heartbeats of a container with a callback. */
  readonly heartbeatSeconds?: number;
  readonly schedule: PollSchedule;
  readonly retry: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  readonly transition: State;
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  readonly resultPath?: string;
}

const RESULT_KEYS: readonly (keyof JobResult)[] = [
  'job',
  'namespace',
  'cluster',
  'attempt',
  'output',
  'message',
  'outputStatus',
  'startTime',
  'completionTime',
  'succeeded',
  'failed',
  'completedIndexes',
  'failedIndexes',
  'logsUrl',
];

/** An upgrade of a zonal control plane takes some minutes; a new IAM grant takes up to seven. */
export const SUBMIT_PATIENCE_SECONDS = 600;

/**
 * States of a Job. A container with a callback reports between submit and wait:
 *
 *   submit -> deliver token -> callback received -> result
 *                 |
 *                 +-- no heartbeat, or the token cannot be delivered --> wait
 */
export function jobStates(props: JobStatesProps): States {
  const { name, schedule, functionArn, execution, job } = props;
  const at = (part: string) => `${name}: ${part}`;
  const reports = props.heartbeatSeconds !== undefined;
  const ends = [...DECIDED_ERRORS, ...Object.values(props.exitCodes)];
  return pollStates({
    ...props,
    maxSeconds: schedule.maxSeconds,
    attempt: { 'execution.$': execution, 'attempt.$': 'States.UUID()', job },
    submit: functionTask({
      functionArn,
      parameters: submit(props),
      retry: retryUndecided(ends, SUBMIT_PATIENCE_SECONDS),
    }),
    poll: functionTask({
      functionArn,
      parameters: poll(props),
      retry: retryUndecided(ends, props.timeoutSeconds),
    }),
    resultKeys: RESULT_KEYS,
    missingFields: { input: GKE_ERRORS.BAD_REQUEST, result: GKE_ERRORS.RESULT_MISSING },
    ...(reports && { report: { start: at('deliver token'), states: reportStates(props, at) } }),
  });
}

/** Fields of each request of the step. */
function request(action: string, props: JobStatesProps): State {
  const { step, schedule, exitCodes, pendingSeconds, timeoutSeconds } = props;
  return {
    action,
    'execution.$': '$.execution',
    'attempt.$': '$.attempt',
    step,
    schedule,
    exitCodes,
    pendingSeconds,
    timeoutSeconds,
  };
}

const submit = (props: JobStatesProps): State => ({
  ...request('submit', props),
  name: props.jobName,
  ...(props.heartbeatSeconds === undefined ? {} : { callback: true }),
  'job.$': '$.job',
});

const poll = (props: JobStatesProps): State => ({ ...request('poll', props), 'status.$': '$.status' });

/** The function delivers the token, and the container reports the result. */
function reportStates(props: JobStatesProps, at: (part: string) => string): States {
  const { functionArn, step, timeoutSeconds, heartbeatSeconds } = props;
  const retry = retryCalls(UNDECIDED_ERRORS, 20);
  const withoutTimeout = retry.ErrorEquals.filter((error) => error !== 'States.Timeout');
  return {
    [at('deliver token')]: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Parameters: {
        FunctionName: functionArn,
        Payload: {
          action: 'handOver',
          'execution.$': '$.execution',
          'attempt.$': '$.attempt',
          step,
          'status.$': '$.status',
          'token.$': '$$.Task.Token',
        },
      },
      ResultPath: '$.report',
      TimeoutSeconds: timeoutSeconds,
      HeartbeatSeconds: heartbeatSeconds,
      // A timeout is that of the Job, not that of the call.
      Retry: [{ ...retry, ErrorEquals: withoutTimeout }],
      Catch: [
        {
          // Without a token the Job is still polled. Other errors are those that the container reports.
          ErrorEquals: ['States.HeartbeatTimeout', 'States.Timeout', ...withoutTimeout],
          ResultPath: null,
          Next: at('wait'),
        },
      ],
      Next: at('callback received'),
    },
    [at('callback received')]: {
      Type: 'Pass',
      Parameters: { result: reportedResult() },
      ResultPath: '$.status',
      Next: resultStart(props),
    },
  };
}

function reportedResult(): State {
  const known: Partial<Record<keyof JobResult, string>> = {
    job: '$.status.job',
    namespace: '$.status.place.namespace',
    cluster: '$.status.place.cluster',
    logsUrl: '$.status.place.logsUrl',
    attempt: '$.attempt',
    output: '$.report',
  };
  return {
    ...Object.fromEntries(
      RESULT_KEYS.map((key) => (known[key] === undefined ? [key, null] : [`${key}.$`, known[key]])),
    ),
    outputStatus: 'Json' satisfies OutputStatus,
  };
}
