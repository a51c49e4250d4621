import { writeFileSync } from 'node:fs';
import { InputError } from '../lib/core/input-error';
import type { Streams } from './streams';

/** Writes the text to the file, or to standard output if no file is given. */
export function writeOutput(text: string, file: string | undefined, { stdout }: Streams): void {
  if (file === undefined) {
    stdout.write(text);
    return;
  }
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new InputError(`The file ${file} cannot be written (${(cause as Error).message}).`, { cause });
  }
}
