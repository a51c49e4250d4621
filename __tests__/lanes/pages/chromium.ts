import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const found = () => NAMES.find((name) => spawnSync(name, ['--version']).status === 0);

/** Name of an installed Chromium. In CI it is installed from Debian. `undefined` if there is none. */
export function chromiumProgram(): string | undefined {
  const installed = found();
  if (installed !== undefined || process.env.CI === undefined) return installed;
  const options = { stdio: 'ignore', timeout: 400_000 } as const;
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', 'chromium'], options);
  return found();
}

interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
  readonly sessionId?: string;
}

/** A headless Chromium, driven by the DevTools protocol over a pipe. */
export class Chromium {
  private readonly folder = mkdtempSync(join(tmpdir(), 'chromium-'));
  private readonly process: ChildProcess;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly events: Answer[] = [];
  private session: string | undefined;
  private last = 0;
  private rest = '';

  constructor(program: string) {
    const flags = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--remote-debugging-pipe',
      `--user-data-dir=${this.folder}`,
    ];
    this.process = spawn(program, flags, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    (this.process.stdio[4] as Readable).on('data', (chunk: Buffer) => this.receive(chunk.toString()));
  }

  /** Opens a file, in light or dark. */
  public async open(path: string, scheme: 'light' | 'dark' = 'light', hasScripts = true): Promise<void> {
    if (this.session === undefined) {
      const { targetId } = await this.send<{ targetId: string }>('Target.createTarget', {
        url: 'about:blank',
      });
      const { sessionId } = await this.send<{ sessionId: string }>('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      this.session = sessionId;
      for (const domain of ['Page', 'Runtime', 'Log']) await this.send(`${domain}.enable`);
    }
    await this.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    await this.send('Emulation.setScriptExecutionDisabled', { value: !hasScripts });
    this.events.length = 0;
    await this.send('Page.navigate', { url: `file://${path}` });
    for (
      let tries = 0;
      tries < 200 && !this.events.some(({ method }) => method === 'Page.loadEventFired');
      tries++
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Value of an expression in the page. */
  public async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send<{ result: { value: T }; exceptionDetails?: object }>(
      'Runtime.evaluate',
      { expression, returnByValue: true, awaitPromise: true },
    );
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }

  /** Picture of the whole page as PNG. */
  public async screenshot(width: number): Promise<Buffer> {
    await this.send('Emulation.setDeviceMetricsOverride', {
      width,
      height: 800,
      deviceScaleFactor: 1,
      mobile: false,
    });
    const { data } = await this.send<{ data: string }>('Page.captureScreenshot', {
      captureBeyondViewport: true,
    });
    return Buffer.from(data, 'base64');
  }

  /** Presses a key. */
  public async press(key: string): Promise<void> {
    for (const type of ['keyDown', 'keyUp']) {
      await this.send('Input.dispatchKeyEvent', {
        type,
        key,
        code: key,
        windowsVirtualKeyCode: key === 'Tab' ? 9 : 0,
      });
    }
  }

  /** Errors of the page, for example of its Content-Security-Policy. */
  public get problems(): readonly string[] {
    return this.events
      .filter(({ method }) => method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown')
      .map(({ params }) => JSON.stringify(params));
  }

  public async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    // The helper processes would outlive the browser for a moment and write to its folder.
    if (this.process.pid !== undefined) process.kill(-this.process.pid, 'SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private send<T = unknown>(method: string, params: object = {}): Promise<T> {
    const id = (this.last += 1);
    const isOfBrowser = method.startsWith('Target.');
    const message = { id, method, params, ...(!isOfBrowser && { sessionId: this.session }) };
    (this.process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ result, error }) =>
        error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result as T),
      );
    });
  }

  private receive(text: string): void {
    const parts = (this.rest + text).split('\0');
    this.rest = parts.pop() ?? '';
    for (const part of parts) {
      const answer = JSON.parse(part) as Answer;
      if (answer.id === undefined) this.events.push(answer);
      else this.waiting.get(answer.id)?.(answer);
    }
  }
}
