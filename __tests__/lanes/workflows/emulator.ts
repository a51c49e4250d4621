import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/*
 * Runs Google Workflows sources with the interpreter `workflows-emulator` (PyPI), in a virtual environment that is
 * made on first use under node_modules/.cache.
 */

const VERSION = '1.10.0';
const environment = resolve(__dirname, '../../../node_modules/.cache', `workflows-emulator-${VERSION}`);
const program = join(environment, 'bin/workflows-emulator');

/** Why the emulator cannot be had here; undefined where it can. */
export function emulatorMissing(): string | undefined {
  if (existsSync(program)) return undefined;
  try {
    execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    execFileSync(join(environment, 'bin/pip'), ['install', '--quiet', `workflows-emulator==${VERSION}`], {
      stdio: 'pipe',
    });
    return undefined;
  } catch (error) {
    rmSync(environment, { recursive: true, force: true });
    return `workflows-emulator ${VERSION} could not be installed with python3 (${(error as Error).message.split('\n')[0]})`;
  }
}

export interface WorkflowRun {
  readonly failed: boolean;
  readonly output: string;
}

/**
 * Executes a source whose Google addresses are replaced by a loopback server; that server also plays the token
 * exchange behind application default credentials.
 */
export async function runWorkflow(
  source: object,
  event: object,
  server: string,
  execution = randomUUID(),
): Promise<WorkflowRun> {
  const folder = mkdtempSync(join(tmpdir(), 'workflow-'));
  try {
    const text = JSON.stringify(source).replaceAll(
      /https:\/\/([a-z0-9-]+-aiplatform|pubsub)\.googleapis\.com/g,
      `${server}`,
    );
    writeFileSync(join(folder, 'source.json'), text);
    writeFileSync(join(folder, 'subject-token'), 'a token of this machine');
    const credentials = join(folder, 'credentials.json');
    writeFileSync(
      credentials,
      JSON.stringify({
        type: 'external_account',
        audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/p',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${server}/token`,
        credential_source: { file: join(folder, 'subject-token') },
      }),
    );
    return await new Promise((done) => {
      execFile(
        program,
        ['--source', join(folder, 'source.json'), 'run', '--data', JSON.stringify(event)],
        {
          cwd: folder,
          env: {
            PATH: process.env.PATH,
            HOME: folder,
            GOOGLE_APPLICATION_CREDENTIALS: credentials,
            GOOGLE_CLOUD_PROJECT: 'my-project',
            GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID: execution,
          },
          timeout: 120_000,
        },
        (error, stdout, stderr) => done({ failed: error !== null, output: `${stdout}\n${stderr}` }),
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
