import type { Command } from 'commander';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { InputError } from '../../lib/core/input-error';
import type { Streams } from '../streams';

/** Options of a verb that answers many questions. */
export interface BatchOptions {
  /** File with one question a line. */
  readonly batch?: string;
}

/** Adds the arguments of one question, and the option with many of them. */
export function withBatch(
  command: Command,
  names: readonly (readonly [name: string, description: string])[],
): Command {
  const line = names.map(([name]) => JSON.stringify(name)).join(', ');
  names.forEach(([name, description], index) =>
    command.argument(index === names.length - 1 ? `[${name}...]` : `[${name}]`, description),
  );
  return command.option(
    '--batch <file>',
    `read a line {${line}} for each question, and write a line for each answer; "-" is standard input`,
  );
}

/**
 * Answers each line of a file, in order, with a line of JSON.
 * @param path file with one question a line; `-` is standard input
 * @param answerOf answer for the text of a line
 */
export async function answerLines(
  path: string,
  { stdin, stdout }: Streams,
  answerOf: (line: string) => unknown,
): Promise<void> {
  const input = path === '-' ? stdin : createReadStream(path);
  // The interface does not report an error of its input.
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (cause: Error) =>
      reject(new InputError(`The file ${path} cannot be read (${cause.message}).`, { cause })),
    );
  });
  const lines = createInterface({ input, crlfDelay: Infinity });
  const answers = (async () => {
    for await (const line of lines) stdout.write(`${JSON.stringify(answerOf(line))}\n`);
  })();
  await Promise.race([answers, failed]);
}
