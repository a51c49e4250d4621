/** Answer of a Task state. */
export type Handler = (parameters: Record<string, unknown>) => Promise<unknown>;

/** Options of a run: the answers of Task states by name, and the context object. */
interface RunOptions {
  readonly overrides: {
    readonly taskResourceLocalHandlers: Readonly<Record<string, Handler>>;
    /** Milliseconds between the attempts of a state. */
    readonly retryIntervalOverrides?: Readonly<Record<string, number>>;
  };
  readonly context: object;
}

type Interpreter = new (definition: object) => {
  run(input: unknown, options: RunOptions): { readonly result: Promise<unknown> };
};

// The interpreter needs a function that Node 20 does not have.
(Promise as unknown as { withResolvers: unknown }).withResolvers ??= () => {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((...functions) => ([resolve, reject] = functions));
  return { promise, resolve, reject };
};

/** The interpreter of the Amazon States Language, `aws-local-stepfunctions`. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const { StateMachine } = require('aws-local-stepfunctions') as { readonly StateMachine: Interpreter };
