export type Facts = Readonly<Record<string, unknown>>;

/** Destination of log lines; each has a message and facts. */
export interface Log {
  readonly info: (message: string, facts: Facts) => void;
  readonly warn: (message: string, facts: Facts) => void;
}
