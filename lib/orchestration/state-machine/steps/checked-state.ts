import { STEP_ERRORS } from '../../../contracts/step-errors';
import { fieldsRead } from '../fields-read';
import { pick } from '../paths';
import { field, type Catcher, type Retrier, type State, type States } from '../asl/states';
import { requiredFields } from './required-fields';

/** The states of a step that read fields. */
export interface ReadingStates {
  /**
   * States before the last.
   * @default - none
   */
  readonly before?: States;
  /** Name of the state whose result is that of the step. */
  readonly name: string;
  /** That state, without the fields for its result, its errors and its transition. */
  readonly state: State;
}

/** A step whose states read fields of its input or of its result. */
export interface CheckedStateProps {
  /** Name of the step. */
  readonly name: string;
  /** Name of the first state behind the check, for example `call`. */
  readonly part: string;
  /** Renders the states. `start` is the name of the first. */
  readonly states: (start: string) => ReadingStates;
  /** Fields of the input that the states read. */
  readonly fields: readonly string[];
  /**
   * Conditions on the input, in addition to the presence of the fields.
   * @default - none
   */
  readonly conditions?: readonly object[];
  readonly retry?: readonly Retrier[];
  readonly catchers: readonly Catcher[];
  readonly transition: State;
  readonly resultSelector?: Readonly<Record<string, unknown>>;
  readonly resultPath?: string;
}

/**
 * The states of a step. Step Functions ends an execution that reads an absent field, and no `Catch` applies, so the
 * fields are checked before. The Parallel with one branch is the place of the `Catch`:
 *
 *   [validate input ->] part [-> validate result -> result]
 *
 * A step that reads no fields needs neither the Parallel nor the checks.
 */
export function checkedState(props: CheckedStateProps): States {
  const { name, part, fields, retry, catchers, transition, resultSelector, resultPath } = props;
  const at = (each: string) => `${name}: ${each}`;
  const resultFields = fieldsRead(resultSelector);
  const isSelected = resultFields.length > 0;
  const result = { ...field('ResultSelector', resultSelector), ...field('ResultPath', resultPath) };
  if (fields.length === 0 && !isSelected) {
    const { before, name: last, state } = props.states(name);
    return {
      ...before,
      [last]: { ...state, ...result, ...field('Retry', retry), Catch: catchers, ...transition },
    };
  }
  const { before, name: last, state } = props.states(at(part));
  const inside: States = {
    ...requiredFields({
      name: at('validate input'),
      fields,
      conditions: props.conditions,
      next: at(part),
      missing: {
        name: at('input incomplete'),
        error: STEP_ERRORS.BAD_REQUEST,
        subject: 'The input of the step',
      },
    }),
    ...before,
    [last]: {
      ...state,
      ...(isSelected ? {} : result),
      ...field('Retry', retry),
      ...(isSelected ? { Next: at('validate result') } : { End: true }),
    },
    ...requiredFields({
      name: at('validate result'),
      fields: resultFields,
      next: at('result'),
      missing: {
        name: at('result incomplete'),
        error: STEP_ERRORS.RESULT_MISSING,
        subject: 'The step completed, but its result',
      },
    }),
    ...(isSelected && { [at('result')]: { Type: 'Pass', Parameters: resultSelector, End: true } }),
  };
  return {
    [name]: {
      Type: 'Parallel',
      Branches: [{ StartAt: at(fields.length > 0 ? 'validate input' : part), States: inside }],
      // The result of a Parallel is a list, here of one.
      ...(isSelected
        ? {
            ResultSelector: pick(Object.keys(resultSelector ?? {}), '$[0]'),
            ...field('ResultPath', resultPath),
          }
        : { OutputPath: '$[0]' }),
      Catch: catchers,
      ...transition,
    },
  };
}
