import { InputError } from '../../lib/core/input-error';

/** Problem of the input for an error of a reader; the error itself if it has another cause. */
export function unreadable(error: unknown): unknown {
  // A value with more levels than the stack has frames. No tool of a cloud prints one.
  return error instanceof RangeError
    ? new InputError('A file has too many nested values.', { cause: error })
    : error;
}
