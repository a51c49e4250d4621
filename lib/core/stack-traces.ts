/**
 * Switches off the stack trace that cdktf captures for each token and each nested block: four fifths of the
 * time it takes to build a large app, and only ever printed under "Object creation stack". Call it first in
 * the main file of an app; importing the library never does it for you.
 *
 * Does nothing when the environment variable `CDKTF_STACK_TRACES` is `1`, or on a version of cdktf whose
 * internals are laid out differently.
 */
export function skipStackTraces(): void {
  if (process.env.CDKTF_STACK_TRACES === '1') return;
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- optional, and private to cdktf
    const traces = require('cdktf/lib/tokens/private/stack-trace') as { captureStackTrace: () => string[] };
    traces.captureStackTrace = () => [];
  } catch {
    // Slower, and otherwise the same.
  }
}
