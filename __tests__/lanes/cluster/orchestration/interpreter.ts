import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { MARKER } from '../../../runtime/token-servers';
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
  /** Token of the task that waits for one. */
  readonly token: string;
  abort(): void;
}

/** What to run. */
export interface Execution {
  readonly stateMachineArn: string;
  readonly definition: unknown;
  readonly input?: unknown;
  /** Name of the execution; a UUID if left out, as Step Functions has it. */
  readonly name?: string;
  /** Where each function is, by the ARN that tasks call, and other services by their name: `sns:publish`. */
  readonly functions: Readonly<Record<string, string>>;
  /** Milliseconds of every wait. The Job controller writes once a second, so less tells nothing. */
  readonly waitMs?: number;
  /** Milliseconds without a sign of life after which a task with a heartbeat is given up. */
  readonly heartbeatMs?: number;
  /** Milliseconds after which a task that waits for its token is given up. */
  readonly answerMs?: number;
}

/** What comes back with a task token: `SendTaskSuccess`, `SendTaskFailure`, or with neither `SendTaskHeartbeat`. */
export interface TaskReport {
  readonly token: string;
  readonly success?: unknown;
  readonly failure?: { readonly error: string; readonly cause: string };
}

interface Event {
  readonly type: string;
  readonly state?: { readonly name: string };
}

interface EndedMessage extends Pick<Ended, 'output' | 'error'> {
  readonly id: string;
  readonly events: readonly Event[];
}

interface ReportedMessage {
  readonly reported: string;
  readonly refusal?: string;
}

/** Runs state machines. */
export class Interpreter {
  private child?: ChildProcess;
  private output = '';
  private readonly waiting = new Map<string, (ended: Ended) => void>();
  private readonly histories: string[] = [];
  private readonly reports = new Map<string, (refusal?: string) => void>();

  constructor(private readonly node: string) {}

  public start(): void {
    this.child = fork(join(__dirname, 'interpreter-host.mjs'), {
      execPath: this.node,
      execArgv: [],
      silent: true,
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    this.child.on('message', (message: EndedMessage | ReportedMessage) => {
      if ('reported' in message) {
        this.reports.get(message.reported)?.(message.refusal);
        this.reports.delete(message.reported);
        return;
      }
      const { id, events, ...outcome } = message;
      this.histories.push(JSON.stringify(events));
      const entered = events.filter(({ type }) => type === 'StateEntered');
      const history = entered.map(({ state }) => state!.name);
      this.waiting.get(id)?.({ execution: '', ...outcome, history });
      this.waiting.delete(id);
    });
    this.child.on('exit', () => {
      for (const end of this.waiting.values()) {
        end({ execution: '', error: { name: 'InterpreterExited', cause: this.output }, history: [] });
      }
    });
  }

  /** All events of all executions that have ended: what went into and came out of their states. */
  public get history(): string {
    return this.histories.join('\n');
  }

  public stop(): void {
    this.child?.disconnect();
  }

  public run(execution: Execution): Running {
    const id = randomUUID();
    const { stateMachineArn, definition, input = {}, name = id, functions, waitMs = 1_000 } = execution;
    const { heartbeatMs, answerMs } = execution;
    const token = `${MARKER}-task-token-${randomUUID()}`;
    const arn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const ended = new Promise<Ended>((resolve) => {
      this.waiting.set(id, (result) => resolve({ ...result, execution: arn }));
    });
    const context = {
      Execution: { Id: arn, Name: name },
      StateMachine: { Id: stateMachineArn },
      Task: { Token: token },
    };
    this.child!.send({
      id,
      definition,
      input,
      context,
      functions,
      waitMs,
      retryMs: 200,
      heartbeatMs,
      answerMs,
    });
    return { execution: arn, ended, token, abort: () => this.child!.send({ id, abort: true }) };
  }

  /** Reports with a task token. @returns the name of the error, if it was refused */
  public report(report: TaskReport): Promise<string | undefined> {
    const id = randomUUID();
    const refusal = new Promise<string | undefined>((resolve) => this.reports.set(id, resolve));
    this.child!.send({ id, report });
    return refusal;
  }
}
