import type { States } from '../states';

/** States that check fields before another state reads them. */
export interface RequiredFieldsProps {
  /** Name of the Choice. */
  readonly name: string;
  /** Paths of the fields. */
  readonly fields: readonly string[];
  /** Name of the state that reads the fields. */
  readonly next: string;
  /** State for an absent field. */
  readonly missing: {
    readonly name: string;
    /** Name of the error. */
    readonly error: string;
    /** Subject of the cause, for example `The input of the step`. */
    readonly subject: string;
  };
}

/** Cause of the error. The names of the fields are those that the user gave. */
export function missingCause(subject: string, fields: readonly string[]): string {
  return `${subject} must have ${fields.map((path) => path.replace('$.status.result', '$')).join(', ')}.`;
}

/** A Choice that leads to a Fail state with a name, where Step Functions itself would end the execution. */
export function requiredFields({ name, fields, next, missing }: RequiredFieldsProps): States {
  if (fields.length === 0) return {};
  return {
    [name]: { Type: 'Choice', Choices: [{ And: arePresent(fields), Next: next }], Default: missing.name },
    [missing.name]: {
      Type: 'Fail',
      Error: missing.error,
      Cause: missingCause(missing.subject, fields),
    },
  };
}

/** Conditions of a Choice that are true if every field is there. */
export function arePresent(fields: readonly string[]): object[] {
  return fields.map((Variable) => ({ Variable, IsPresent: true }));
}
