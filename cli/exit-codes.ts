/** Exit codes of all verbs. */
export const ExitCode = {
  /** No finding. */
  ok: 0,
  /** Wrong usage, or an input that cannot be read. */
  unusable: 1,
  /** A finding, or something that is not decided. */
  findings: 2,
} as const;

/** A problem of the input, for example a file that is missing. The command prints it and exits with 1. */
export class InputError extends Error {}
