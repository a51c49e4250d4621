import { Failure } from '../http/failure';
import { FieldError } from './fields';

/**
 * Applies a reader to a request. An invalid field gives a failure that names the field.
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
