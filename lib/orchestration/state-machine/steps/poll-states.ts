import { pick } from '../paths';
import { fieldsRead } from '../fields-read';
import { requiredFields } from './required-fields';
import { field, type Catcher, type Retrier, type State, type States } from '../asl/states';

/** Errors for fields that a step reads and that are absent when it runs. */
export interface MissingFieldErrors {
  /** A field of the input. */
  readonly input: string;
  /** A field of the result. */
  readonly result: string;
}

/** A job that another system runs, from its submission to its end. */
export interface PollStatesProps {
  /** Name of the first state. */
  readonly name: string;
  /** Data of an attempt, created for each attempt. */
  readonly attempt: State;
  /** The Task that submits: its result is the status. */
  readonly submit: State;
  /** The Task that polls: its result is the status. */
  readonly poll: State;
  /** States between the submission and the first wait, which lead to "wait" or to `resultStart`. */
  readonly report?: { readonly start: string; readonly states: States };
  /** Longest wait between two polls in seconds. */
  readonly maxSeconds: number;
  /** Fields of the result. */
  readonly resultKeys: readonly string[];
  readonly retry: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  readonly transition: State;
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  readonly resultPath?: string;
  /** Error names for absent fields. Without them an absent field is `States.Runtime`, which no state can catch. */
  readonly missingFields: MissingFieldErrors;
}

/**
 * A Parallel with one branch, so that its `Retry` runs the whole job again under another name:
 *
 *   [validate input ->] attempt -> submit -> wait -> poll -> done? [-> validate result] -> result
 *                                            ^               |
 *                                            +---------------+
 *
 * Once a wait has the maximum length, two polls share one choice: a job of a day costs a sixth less. The two validation
 * states exist if the step reads fields of its input or of its result.
 */
export function pollStates(props: PollStatesProps): States {
  const { name, report } = props;
  const inputFields = fieldsRead(props.attempt);
  const at = (part: string) => `${name}: ${part}`;
  const wait = (Next: string): State => ({ Type: 'Wait', SecondsPath: '$.status.waitSeconds', Next });
  const states: States = {
    ...requiredFields({
      name: at('validate input'),
      fields: inputFields,
      next: at('attempt'),
      missing: {
        name: at('input incomplete'),
        error: props.missingFields.input,
        subject: 'The input of the step',
      },
    }),
    // A Pass inside of the Parallel: a retry repeats the states inside only.
    [at('attempt')]: { Type: 'Pass', Parameters: props.attempt, Next: at('submit') },
    [at('submit')]: { ...props.submit, Next: report?.start ?? at('wait') },
    ...report?.states,
    [at('wait')]: wait(at('poll')),
    [at('poll')]: { ...props.poll, Next: at('done?') },
    [at('done?')]: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.status.done', BooleanEquals: true, Next: resultStart(props) },
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
    ...requiredFields({
      name: at('validate result'),
      fields: resultFields(props),
      next: at('result'),
      missing: {
        name: at('result incomplete'),
        error: props.missingFields.result,
        subject: 'The job completed, but its result',
      },
    }),
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
      Branches: [{ StartAt: inputFields.length > 0 ? at('validate input') : at('attempt'), States: states }],
      // The result of a Parallel is a list, here of one.
      ResultSelector: pick(keys, '$[0]'),
      ...field('ResultPath', props.resultPath),
      Retry: props.retry,
      Catch: props.catchers,
      ...props.transition,
    },
  };
}

/** Name of the state that takes a status which is done. */
export function resultStart({
  name,
  resultSelector,
}: Pick<PollStatesProps, 'name' | 'resultSelector'>): string {
  return resultFields({ resultSelector }).length > 0 ? `${name}: validate result` : `${name}: result`;
}

/** Fields of the status that `resultSelector` reads from the result. */
function resultFields({ resultSelector }: Pick<PollStatesProps, 'resultSelector'>): string[] {
  return fieldsRead(resultSelector).map((path) => `$.status.result${path.slice(1)}`);
}

/** Invocation of a function whose result is the status. */
export interface FunctionTaskProps {
  readonly functionArn: string;
  readonly parameters: State;
  readonly retry: readonly Retrier[];
}

/** Task state of such an invocation. */
export function functionTask({ functionArn, parameters, retry }: FunctionTaskProps): State {
  return {
    Type: 'Task',
    Resource: functionArn,
    Parameters: parameters,
    ResultPath: '$.status',
    // Longer than the timeout of the function, so that its own error arrives.
    TimeoutSeconds: 90,
    Retry: retry,
  };
}
