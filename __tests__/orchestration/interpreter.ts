import { aslProblems } from '../../lib/orchestration/state-machine/asl/asl-validator';
import type { StatesBlock } from '../../lib/orchestration/state-machine/asl/states';

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

type Interpreter = new (
  definition: StatesBlock,
  options: { readonly validationOptions: { readonly noValidate: boolean } },
) => {
  run(input: unknown, options: RunOptions): { readonly result: Promise<unknown> };
};

// The interpreter needs a function that Node 20 does not have.
(Promise as unknown as { withResolvers: unknown }).withResolvers ??= () => {
  let resolve: unknown;
  let reject: unknown;
  const promise = new Promise((...functions) => ([resolve, reject] = functions));
  return { promise, resolve, reject };
};

// eslint-disable-next-line @typescript-eslint/no-require-imports
const { StateMachine } = require('aws-local-stepfunctions') as { readonly StateMachine: Interpreter };

/**
 * A state machine in the interpreter `aws-local-stepfunctions`, which changes the definition. The validator of the
 * library checks it before: that of the interpreter is the same, and compiles its schemas for each definition.
 */
export function interpreted(definition: StatesBlock): InstanceType<Interpreter> {
  expect(aslProblems(definition)).toEqual([]);
  return new StateMachine(definition, { validationOptions: { noValidate: true } });
}
