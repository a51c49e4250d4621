import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { decide, documentKinds, type DocumentKind } from '../../lib/access/decide/decide';
import type { Relation } from '../../lib/access/decide/relation';
import { InputError } from '../../lib/core/input-error';
import type { Streams } from '../streams';

const unknown = (reason: string): Relation => ({ relation: 'unknown', reason });

/** Answer for one line. The answer for a bad line is unknown, so that the other lines have theirs. */
function answerLine(line: string): Relation {
  try {
    const pair: unknown = JSON.parse(line);
    if (typeof pair !== 'object' || pair === null) return unknown('The line must be an object.');
    const { kind, a, b } = pair as Readonly<Record<string, unknown>>;
    if (!documentKinds.includes(kind as DocumentKind)) {
      return unknown(`kind must be one of ${documentKinds.join(', ')} (got ${JSON.stringify(kind)}).`);
    }
    if (a === undefined || b === undefined) return unknown('a and b are required.');
    return decide(kind as DocumentKind, a, b);
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'The line must be JSON' : 'The decision failed';
    return unknown(`${reason}: ${(error as Error).message}`);
  }
}

/**
 * Answers each line of a file, in order.
 * @param path - file with one pair a line; `-` is standard input
 */
export async function compareLines(path: string, { stdin, stdout }: Streams): Promise<void> {
  const input = path === '-' ? stdin : createReadStream(path);
  // The interface does not report an error of its input.
  const failed = new Promise<never>((_, reject) => {
    input.once('error', (cause: Error) =>
      reject(new InputError(`The file ${path} cannot be read (${cause.message}).`, { cause })),
    );
  });
  const lines = createInterface({ input, crlfDelay: Infinity });
  const answers = (async () => {
    for await (const line of lines) stdout.write(`${JSON.stringify(answerLine(line))}\n`);
  })();
  await Promise.race([answers, failed]);
}
