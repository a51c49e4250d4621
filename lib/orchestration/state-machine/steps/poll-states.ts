import { pick } from '../paths';
import { field, retryCalls, type Catcher, type Retrier, type State, type States } from '../states';

/** A job that another system runs, from its submission to its end. */
export interface PollStatesProps {
  /** Name of the first state. */
  readonly name: string;
  /** What is known of a try: made anew for each. */
  readonly attempt: State;
  /** The Task that submits: its result is the status. */
  readonly submit: State;
  /** The Task that looks: its result is the status. */
  readonly poll: State;
  /** States between the submission and the first wait, which lead to "wait" or "result". */
  readonly report?: { readonly start: string; readonly states: States };
  /** Longest wait between two looks. */
  readonly maxSeconds: number;
  /** Fields of the result. */
  readonly resultKeys: readonly string[];
  readonly retry: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  readonly transition: State;
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  readonly resultPath?: string;
}

/**
 * A Parallel with one branch, so that its `Retry` runs the whole job again under another name:
 *
 *   attempt -> submit -> wait -> poll -> done? -> result
 *                         ^               |
 *                         +---------------+
 *
 * Once the waits have grown to the longest, two looks are taken for each question whether it is over: a job of a day
 * costs a sixth less.
 */
export function pollStates(props: PollStatesProps): States {
  const { name, report } = props;
  const at = (part: string) => `${name}: ${part}`;
  const wait = (Next: string): State => ({ Type: 'Wait', SecondsPath: '$.status.waitSeconds', Next });
  const states: States = {
    // A Pass and not the input of the Parallel: only what is inside is made anew by each retry.
    [at('attempt')]: { Type: 'Pass', Parameters: props.attempt, Next: at('submit') },
    [at('submit')]: { ...props.submit, Next: report?.start ?? at('wait') },
    ...report?.states,
    [at('wait')]: wait(at('poll')),
    [at('poll')]: { ...props.poll, Next: at('done?') },
    [at('done?')]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.status.done', BooleanEquals: true, Next: at('result') },
        {
          Variable: '$.status.waitSeconds',
          NumericGreaterThanEquals: props.maxSeconds,
          Next: at('long wait'),
        },
      ],
      Default: at('wait'),
    },
    [at('long wait')]: wait(at('long poll')),
    [at('long poll')]: { ...props.poll, Next: at('wait') },
    [at('result')]: {
      Type: 'Pass',
      InputPath: '$.status.result',
      ...field('Parameters', props.resultSelector),
      End: true,
    },
  };
  const keys = props.resultSelector ? Object.keys(props.resultSelector) : props.resultKeys;
  return {
    [name]: {
      Type: 'Parallel',
      Branches: [{ StartAt: at('attempt'), States: states }],
      // The result of a Parallel is a list, here of one.
      ResultSelector: pick(keys, '$[0]'),
      ...field('ResultPath', props.resultPath),
      Retry: props.retry,
      Catch: props.catchers,
      ...props.transition,
    },
  };
}

/** A call of a function that answers with a status. */
export interface FunctionTaskProps {
  readonly functionArn: string;
  readonly parameters: State;
  /** Errors that are worth another call. */
  readonly unanswered: readonly string[];
  /** Calls after the first. */
  readonly retries: number;
}

/** The Task of such a call. */
export function functionTask({ functionArn, parameters, unanswered, retries }: FunctionTaskProps): State {
  return {
    Type: 'Task',
    Resource: functionArn,
    Parameters: parameters,
    ResultPath: '$.status',
    // More than the function itself is given, so that its own error is seen.
    TimeoutSeconds: 90,
    Retry: [retryCalls(unanswered, retries)],
  };
}
