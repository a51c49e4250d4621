import { HOPELESS, type GkeError } from '../../contracts/job-errors';

/** Errors that another Job of the same kind cannot change. */
export const isHopeless = (error: string): boolean => HOPELESS.includes(error as GkeError);
