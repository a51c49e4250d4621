import type { Readable, Writable } from 'node:stream';

/** Streams of a command: those of the process, or those of a test. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Pick<Writable, 'write'>;
  readonly stderr: Pick<Writable, 'write'>;
}
