import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const ROTATION_BUNDLE = join(__dirname, '../../dist/runtime/rotation/index.js');

export interface Called {
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string; readonly stack: string };
  /** All that it wrote. */
  readonly written: string;
}

/** One call of the built bundle in a process of its own, which is killed with `signal`. */
export async function callRotation(
  env: NodeJS.ProcessEnv,
  event: unknown,
  runId: string,
  signal?: AbortSignal,
): Promise<Called> {
  const script = `
    const call = { awsRequestId: ${JSON.stringify(runId)}, getRemainingTimeInMillis: () => 20_000 };
    require(${JSON.stringify(ROTATION_BUNDLE)}).handler(${JSON.stringify(event)}, call).then(
      (answer) => process.send({ answer: answer ?? null }),
      ({ name, message, stack }) => process.send({ error: { name, message, stack } }),
    ).then(() => process.disconnect());`;
  const child = spawn(process.execPath, ['-e', script], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let written = '';
  let message: unknown;
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => (written += String(chunk)));
  child.on('message', (sent) => (message = sent));
  signal?.addEventListener('abort', () => child.kill('SIGKILL'));
  await new Promise((resolve) => child.on('close', resolve));
  return { written, ...(message as Omit<Called, 'written'> | undefined) };
}
