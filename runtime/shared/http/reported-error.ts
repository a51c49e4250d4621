import { Failure, nameIn } from './failure';
import { truncate, redact } from './redact';

const LONGEST_CAUSE = 2_000;
const LONGEST_MESSAGE = 4_000;

/**
 * The error as the state machine sees it: name, what happened, where, and no trace of the code.
 * @param family begins the names of errors that every function can have
 * @param where a sentence that names execution and object
 */
export function reportedError(error: unknown, family: string, where: string): Error {
  const cause = error instanceof Error ? error : new Error(String(error));
  const name = nameIn(family, cause);
  const message = truncate(redact(cause.message), LONGEST_CAUSE);
  const reported = new Error(
    truncate(error instanceof Failure ? `${message} ${where}` : message, LONGEST_MESSAGE),
  );
  reported.name = name;
  reported.stack = `${name}: ${reported.message}`;
  return reported;
}
