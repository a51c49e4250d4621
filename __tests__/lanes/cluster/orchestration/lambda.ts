import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A function as the tests run it. */
export interface LambdaSettings {
  readonly node: string;
  /** The built bundle. */
  readonly bundle: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Requests of a function whose host name is not found. */
export interface Unresolved {
  /** Run id of the execution that the function works for. */
  readonly runId: string;
  readonly method: string;
  readonly url: RegExp;
  readonly times: number;
}

/** A function of AWS Lambda: the built bundle, in a process of its own that has the environment of the function alone. */
export class Lambda {
  private child?: ChildProcess;
  private port = 0;
  private output = '';

  constructor(private readonly settings: LambdaSettings) {}

  public async start(): Promise<void> {
    const { node, bundle, environment } = this.settings;
    this.child = fork(join(__dirname, 'lambda-host.cjs'), [bundle], {
      execPath: node,
      execArgv: [],
      env: { ...environment },
      silent: true,
    });
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
    const [{ port }] = (await once(this.child, 'message')) as [{ port: number }];
    this.port = port;
  }

  public async stop(): Promise<void> {
    // A process that was killed has no further exit.
    if (!this.child || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }

  /**
   * The same function in another sandbox, which is not started.
   * @param addresses other addresses by those that its environment has
   */
  public sandbox(addresses: Readonly<Record<string, string>> = {}): Lambda {
    const replaced = (text: string) =>
      Object.entries(addresses).reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
    const environment = Object.fromEntries(
      Object.entries(this.settings.environment).map(([name, value]) => [name, replaced(value)]),
    );
    return new Lambda({ ...this.settings, environment });
  }

  /** Ends the process as Lambda ends a sandbox: at once. */
  public kill(): void {
    this.child?.kill('SIGKILL');
  }

  /** Where the interpreter sends events. */
  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The host name of some requests is not found from now on. */
  public async lose({ url, ...rest }: Unresolved): Promise<void> {
    const body = JSON.stringify({ ...rest, url: url.source });
    await fetch(`${this.url}/unresolved`, { method: 'POST', body });
  }

  /** All that it wrote: its log. */
  public get log(): string {
    return this.output;
  }

  /** Calls it as EventBridge does. */
  public async invoke(
    event: unknown,
  ): Promise<{ result?: unknown; errorType?: string; errorMessage?: string }> {
    const response = await fetch(this.url, { method: 'POST', body: JSON.stringify(event) });
    return (await response.json()) as never;
  }
}
