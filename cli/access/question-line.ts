import { InputError } from '../../lib/core/input-error';
import { isObject } from '../../lib/core/is-object';

/** Answer for a wrong line, so that the other lines have theirs. */
interface LineError {
  readonly error: string;
}

/**
 * Answer for one line of a batch.
 * @param names members that the line must have, each a text
 * @param answerOf answer for the values of the members, in the order of the names
 */
export function questionIn<T>(
  line: string,
  names: readonly string[],
  answerOf: (values: readonly string[]) => T,
): T | LineError {
  try {
    const question: unknown = JSON.parse(line);
    if (!isObject(question)) return { error: 'The line must be an object.' };
    const values = names.map((name) => question[name]);
    const wrong = names.find((_, index) => typeof values[index] !== 'string');
    return wrong === undefined
      ? answerOf(values as readonly string[])
      : { error: `${wrong} must be a text.` };
  } catch (error) {
    if (error instanceof InputError) return { error: error.message };
    if (error instanceof SyntaxError) return { error: `The line must be JSON (${error.message}).` };
    throw error;
  }
}
