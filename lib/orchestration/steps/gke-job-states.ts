import { HOPELESS, UNANSWERED, type GkeError } from '../bridge-errors';
import type { JobResult, PollSchedule } from '../bridge-contract';
import type { JobManifest } from '../gke-job-spec';
import { pick } from '../paths';
import {
  field,
  retryCalls,
  taskResource,
  type Catcher,
  type Retrier,
  type State,
  type States,
} from '../states';

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
  'logs',
];

// The control plane of a zonal cluster is away for some minutes when it is upgraded.
const PATIENT = 20;

/**
 * A Parallel with one branch, so that its `Retry` runs the whole Job again under another name:
 *
 *   attempt -> submit -> wait -> poll -> over? -> result
 *                         ^               |
 *                         +---------------+
 *
 * A container that reports is waited for between submit and wait:
 *
 *   submit -> hand over -> reported -> result
 *                 |
 *                 +-- no sign of life --> wait
 *
 * Once the waits have grown to the longest, two looks are taken for each question whether it is over: a Job of a day
 * costs a sixth less.
 */
export function jobStates(props: JobStatesProps): States {
  const { name, schedule } = props;
  const reports = props.heartbeatSeconds !== undefined;
  const at = (part: string) => `${name}: ${part}`;
  const wait = (Next: string): State => ({ Type: 'Wait', SecondsPath: '$.status.waitSeconds', Next });
  const look = (Next: string): State => ({ ...call(props, poll(props), PATIENT), Next });
  const states: States = {
    // A Pass and not the input of the Parallel: only what is inside is made anew by each retry.
    [at('attempt')]: {
      Type: 'Pass',
      Parameters: { 'execution.$': props.execution, 'attempt.$': 'States.UUID()', job: props.job },
      Next: at('submit'),
    },
    [at('submit')]: { ...call(props, submit(props), 8), Next: at(reports ? 'hand over' : 'wait') },
    ...(reports && reportStates(props, at)),
    [at('wait')]: wait(at('poll')),
    [at('poll')]: look(at('over?')),
    [at('over?')]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.status.done', BooleanEquals: true, Next: at('result') },
        {
          Variable: '$.status.waitSeconds',
          NumericGreaterThanEquals: schedule.maxSeconds,
          Next: at('long wait'),
        },
      ],
      Default: at('wait'),
    },
    [at('long wait')]: wait(at('long poll')),
    [at('long poll')]: look(at('wait')),
    [at('result')]: {
      Type: 'Pass',
      InputPath: '$.status.result',
      ...field('Parameters', props.resultSelector),
      End: true,
    },
  };
  return {
    [name]: {
      Type: 'Parallel',
      Branches: [{ StartAt: at('attempt'), States: states }],
      // The result of a Parallel is a list, here of one.
      ResultSelector: pick(props.resultSelector ? Object.keys(props.resultSelector) : RESULT_KEYS, '$[0]'),
      ...field('ResultPath', props.resultPath),
      Retry: props.retry,
      Catch: props.catchers,
      ...props.transition,
    },
  };
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
  const tries = retryCalls(UNANSWERED, 8);
  return {
    [at('hand over')]: {
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
      Next: at('reported'),
    },
    [at('reported')]: {
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
    logs: '$.status.place.logs',
    attempt: '$.attempt',
    output: '$.report',
  };
  return Object.fromEntries(
    RESULT_KEYS.map((key) => (known[key] === undefined ? [key, null] : [`${key}.$`, known[key]])),
  );
}

function call({ functionArn }: JobStatesProps, Parameters: State, retries: number): State {
  return {
    Type: 'Task',
    Resource: functionArn,
    Parameters,
    ResultPath: '$.status',
    // More than the function itself is given, so that its own error is seen.
    TimeoutSeconds: 90,
    Retry: [retryCalls(UNANSWERED, retries)],
  };
}

/** Errors that another Job of the same kind cannot change. */
export const isHopeless = (error: string): boolean => HOPELESS.includes(error as GkeError);
