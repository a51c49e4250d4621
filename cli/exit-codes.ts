/** Exit codes of all verbs. */
export const ExitCode = {
  /** No finding. */
  ok: 0,
  /** Wrong usage, or an input that cannot be read. */
  unusable: 1,
  /** A finding, or something that is not decided. */
  findings: 2,
} as const;
