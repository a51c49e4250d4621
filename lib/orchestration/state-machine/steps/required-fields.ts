import { STEP_ERRORS } from '../../../contracts/step-errors';
import type { Catcher, State, States } from '../asl/states';

/** An error for absent fields. */
export interface MissingFields {
  /** Name of the error. */
  readonly error: string;
  /** Subject of the cause, for example `The input of the step`. */
  readonly subject: string;
  /**
   * Names of the fields in the cause.
   * @default - the paths of the fields
   */
  readonly shown?: readonly string[];
  /**
   * Handlers of the step, for a state that has no `Catch` around it.
   * @default - a Fail state
   */
  readonly catchers?: readonly Catcher[];
}

/** States that check fields before another state reads them. */
export interface RequiredFieldsProps {
  /** Name of the Choice. */
  readonly name: string;
  /** Paths of the fields. */
  readonly fields: readonly string[];
  /**
   * Conditions of the Choice that must hold, in addition to the presence of the fields.
   * @default - none
   */
  readonly conditions?: readonly object[];
  /** Name of the state that reads the fields. */
  readonly next: string;
  /** State for an absent field. */
  readonly missing: MissingFields & { readonly name: string };
}

/** Cause of the error. The names of the fields are those that the user gave. */
export function missingCause(subject: string, fields: readonly string[]): string {
  return `${subject} must have ${fields.map((path) => path.replace('$.status.result', '$')).join(', ')}.`;
}

/** A Choice that leads to an error with a name, where Step Functions itself would end the execution. */
export function requiredFields({
  name,
  fields,
  conditions = [],
  next,
  missing,
}: RequiredFieldsProps): States {
  if (fields.length === 0) return {};
  return {
    [name]: {
      Type: 'Choice',
      Choices: [{ And: [...arePresent(fields), ...conditions], Next: next }],
      Default: missing.name,
    },
    [missing.name]: missingState(missing, fields),
  };
}

/** Conditions of a Choice that are true if every field is there. */
export function arePresent(fields: readonly string[]): object[] {
  return fields.map((Variable) => ({ Variable, IsPresent: true }));
}

/** Condition of a Choice that a value is a list or an object, because no condition tells a list from an object. */
export function isNoScalar(Variable: string): object {
  const types = ['IsNull', 'IsString', 'IsNumeric', 'IsBoolean'];
  return { Not: { Or: types.map((type) => ({ Variable, [type]: true })) } };
}

/** The state for an absent field: it fails, or leads to the handler that a `Catch` would select. */
export function missingState(
  { error, subject, shown, catchers = [] }: MissingFields,
  fields: readonly string[],
): State {
  const Cause = missingCause(subject, shown ?? fields);
  const handler = catchers.find(({ ErrorEquals }) =>
    ErrorEquals.some((each) => each === error || each === 'States.ALL'),
  );
  if (handler === undefined) return { Type: 'Fail', Error: error, Cause };
  const { ResultPath = '$', Next } = handler;
  return { Type: 'Pass', Result: { Error: error, Cause }, ResultPath, Next };
}

/** A state without `Catch` that reads fields of its input. */
export interface ReadingStateProps {
  /** Name of the step. */
  readonly name: string;
  /** Name of the state behind the check. */
  readonly part: string;
  readonly fields: readonly string[];
  readonly catchers: readonly Catcher[];
  readonly state: State;
}

/** Such a state, behind a check of the fields if it reads any. */
export function readingStates({ name, part, fields, catchers, state }: ReadingStateProps): States {
  if (fields.length === 0) return { [name]: state };
  const next = `${name}: ${part}`;
  return {
    ...requiredFields({
      name,
      fields,
      next,
      missing: {
        name: `${name}: input incomplete`,
        error: STEP_ERRORS.BAD_REQUEST,
        subject: 'The input of the step',
        catchers,
      },
    }),
    [next]: state,
  };
}
