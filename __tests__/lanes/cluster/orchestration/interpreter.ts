import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Json } from '../../../synth';

/** How an execution ended. */
export interface Ended {
  readonly execution: string;
  readonly output?: Json;
  readonly error?: { readonly name: string; readonly cause: string };
  /** Names of the states that were entered, in order. */
  readonly history: readonly string[];
}

/** An execution that runs. */
export interface Running {
  /** ARN of the execution. */
  readonly execution: string;
  readonly ended: Promise<Ended>;
  abort(): void;
}

/** What to run. */
export interface Execution {
  readonly stateMachineArn: string;
  readonly definition: unknown;
  readonly input?: unknown;
  /** Name of the execution; a UUID if left out, as Step Functions has it. */
  readonly name?: string;
  /** Where each function is, by the ARN that tasks call. */
  readonly functions: Readonly<Record<string, string>>;
  /** Milliseconds of every wait. The Job controller writes once a second, so less tells nothing. */
  readonly waitMs?: number;
}

/** Runs state machines. */
export class Interpreter {
  private child?: ChildProcess;
  private output = '';
  private readonly waiting = new Map<string, (ended: Ended) => void>();

  constructor(private readonly node: string) {}

  public start(): void {
    this.child = fork(join(__dirname, 'interpreter-host.mjs'), {
      execPath: this.node,
      execArgv: [],
      silent: true,
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.on('message', (message: Ended & { id: string }) => {
      const { id, ...ended } = message;
      this.waiting.get(id)?.(ended);
      this.waiting.delete(id);
    });
    this.child.on('exit', () => {
      for (const end of this.waiting.values()) {
        end({ execution: '', error: { name: 'InterpreterExited', cause: this.output }, history: [] });
      }
    });
  }

  public stop(): void {
    this.child?.disconnect();
  }

  public run(execution: Execution): Running {
    const id = randomUUID();
    const { stateMachineArn, definition, input = {}, name = id, functions, waitMs = 1_000 } = execution;
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const ended = new Promise<Ended>((resolve) => {
      this.waiting.set(id, (result) => resolve({ ...result, execution: arn }));
    });
    const context = { Execution: { Id: arn, Name: name }, StateMachine: { Id: stateMachineArn } };
    this.child!.send({ id, definition, input, context, functions, waitMs, retryMs: 200 });
    return { execution: arn, ended, abort: () => this.child!.send({ id, abort: true }) };
  }
}
