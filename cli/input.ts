import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { InputError } from '../lib/core/input-error';
import type { Streams } from './streams';

/** Text of a file; `-` is standard input. */
export async function readText(path: string, { stdin }: Streams): Promise<string> {
  if (path === '-') return text(stdin);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError(`The file ${path} cannot be read (${(cause as Error).message}).`, { cause });
  }
}

/** Value of a JSON file. */
export async function readJson(path: string, streams: Streams): Promise<unknown> {
  const content = await readText(path, streams);
  try {
    return JSON.parse(content);
  } catch (cause) {
    throw new InputError(`The file ${path} must be JSON (${(cause as Error).message}).`, { cause });
  }
}
