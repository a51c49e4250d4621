import { RETRYABLE_CALL_ERRORS } from '../../contracts/job-errors';
import type { JobResult, PollSchedule } from '../../contracts/jobs';
import type { JobManifest } from './gke-job-spec';
import {
  retryCalls,
  taskResource,
  type Catcher,
  type Retrier,
  type State,
  type States,
} from '../state-machine/states';
import { functionTask, pollStates } from '../state-machine/steps/poll-states';

/** One Job, from its submission to its end. */
export interface JobStatesProps {
  /** Name of the step as people gave it. */
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
  /** Seconds between two signs of life of a container that reports. */
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
  'startTime',
  'completionTime',
  'succeeded',
  'failed',
  'completedIndexes',
  'failedIndexes',
  'logsUrl',
];

// The control plane of a zonal cluster is away for some minutes when it is upgraded.
const POLL_RETRIES = 20;

/**
 * A Job is waited for as any job is; a container that reports is waited for between submit and wait:
 *
 *   submit -> deliver token -> callback received -> result
 *                 |
 *                 +-- no sign of life --> wait
 */
export function jobStates(props: JobStatesProps): States {
  const { name, schedule, functionArn, execution, job } = props;
  const at = (part: string) => `${name}: ${part}`;
  const reports = props.heartbeatSeconds !== undefined;
  return pollStates({
    ...props,
    maxSeconds: schedule.maxSeconds,
    attempt: { 'execution.$': execution, 'attempt.$': 'States.UUID()', job },
    submit: functionTask({
      functionArn,
      parameters: submit(props),
      unanswered: RETRYABLE_CALL_ERRORS,
      retries: 8,
    }),
    poll: functionTask({
      functionArn,
      parameters: poll(props),
      unanswered: RETRYABLE_CALL_ERRORS,
      retries: POLL_RETRIES,
    }),
    resultKeys: RESULT_KEYS,
    ...(reports && { report: { start: at('deliver token'), states: reportStates(props, at) } }),
  });
}

/** What every request of the step says. */
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

/** The token goes to the bridge, and the answer comes from the container. */
function reportStates(props: JobStatesProps, at: (part: string) => string): States {
  const { functionArn, step, timeoutSeconds, heartbeatSeconds } = props;
  const tries = retryCalls(RETRYABLE_CALL_ERRORS, 8);
  return {
    [at('deliver token')]: {
      Type: 'Task',
      Resource: taskResource(functionArn, 'lambda:invoke.waitForTaskToken'),
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
      // What takes too long here is the Job and not the call.
      Retry: [{ ...tries, ErrorEquals: tries.ErrorEquals.filter((error) => error !== 'States.Timeout') }],
      Catch: [
        { ErrorEquals: ['States.HeartbeatTimeout', 'States.Timeout'], ResultPath: null, Next: at('wait') },
      ],
      Next: at('callback received'),
    },
    [at('callback received')]: {
      Type: 'Pass',
      Parameters: { result: reportedResult() },
      ResultPath: '$.status',
      Next: at('result'),
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
  return Object.fromEntries(
    RESULT_KEYS.map((key) => (known[key] === undefined ? [key, null] : [`${key}.$`, known[key]])),
  );
}
