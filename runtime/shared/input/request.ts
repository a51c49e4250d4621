import { Failure } from '../http/failure';
import { FieldError } from './fields';

/**
 * What a reader makes of a request, or a failure that names the field which is not as it must be.
 * @param name name of the failure
 */
export function readRequest<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new Failure(name, `The request is malformed: ${error.message}`);
  }
}
