/** Errors of steps that call no function of the library. */
export const STEP_ERRORS = {
  /** The input has no value for a path that the step reads. */
  BAD_REQUEST: 'Step.BadRequest',
  /** The step completed, and its result has no value for a path of `resultSelector`. */
  RESULT_MISSING: 'Step.ResultMissing',
} as const;

/** One of `STEP_ERRORS`. */
export type StepError = (typeof STEP_ERRORS)[keyof typeof STEP_ERRORS];
