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

/** Values of a file with one JSON value a line. Empty lines have none. */
export async function readJsonLines(path: string, streams: Streams): Promise<readonly unknown[]> {
  return linesIn(path, await readText(path, streams));
}

/** The values of a file that is one JSON value, or that has one in each line. */
export async function readJsonOrLines(path: string, streams: Streams): Promise<readonly unknown[]> {
  const content = await readText(path, streams);
  try {
    return [JSON.parse(content)];
  } catch {
    return linesIn(path, content);
  }
}

function linesIn(path: string, content: string): readonly unknown[] {
  return content.split(/\r?\n/).flatMap((line, index): unknown[] => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line)];
    } catch (cause) {
      throw new InputError(
        `The file ${path} must be JSON, or have JSON in each line (line ${index + 1}: ${(cause as Error).message}).`,
        { cause },
      );
    }
  });
}
