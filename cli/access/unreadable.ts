import { ExportError } from '../../lib/access/drift/exports/live-export';
import { LogError } from '../../lib/access/observed/logged-access';
import { visible } from '../../lib/core/visible-text';
import { InputError } from '../exit-codes';

/** Problem of the input for an error of a reader; the error itself if it has another cause. */
export function unreadable(error: unknown): unknown {
  if (error instanceof ExportError || error instanceof LogError) {
    return new InputError(visible(error.message), { cause: error });
  }
  // A value with more levels than the stack has frames. No tool of a cloud prints one.
  if (error instanceof RangeError)
    return new InputError('A file has too many nested values.', { cause: error });
  return error;
}
