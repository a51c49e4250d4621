import { NON_RETRYABLE_ERRORS, type GkeError } from '../../../contracts/job-errors';

/** Errors that another Job of the same kind cannot change. */
export const isNonRetryable = (error: string): boolean => NON_RETRYABLE_ERRORS.includes(error as GkeError);
