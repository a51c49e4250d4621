import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { FIRST_CALLS, OTHER_CALLS } from './first-calls';
import { CALLER, Harness, RUN, submitRequest } from './harness';
import { RotationHarness } from './rotation-harness';
import { callRotation } from './rotation-process';
import { MARKER } from './token-servers';

const dist = join(__dirname, '../../dist/runtime');

const called = (env: NodeJS.ProcessEnv, event: unknown) => calledIn(join(dist, 'jobs'), env, event);

/** What one call of a bundle in a process of its own gives, and all that it writes. */
async function calledIn(folder: string, env: NodeJS.ProcessEnv, event: unknown) {
  const script = `
    const call = { awsRequestId: ${JSON.stringify(RUN)}, getRemainingTimeInMillis: () => 60_000 };
    require(${JSON.stringify(join(folder, 'index.js'))}).handler(${JSON.stringify(event)}, call).then(
      (answer) => process.send({ answer }),
      ({ name, message, stack }) => process.send({ error: { name, message, stack } }),
    ).then(() => process.disconnect());`;
  const child = spawn(process.execPath, ['-e', script], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    cwd: folder,
  });
  let written = '';
  let message: unknown;
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => (written += String(chunk)));
  child.on('message', (sent) => (message = sent));
  await new Promise((resolve) => child.on('close', resolve));
  return { written, ...(message as { answer?: unknown; error?: Error }) };
}

describe('the bundle of the bridge', () => {
  let harness: Harness;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    harness = new Harness();
    await harness.start();
    env = {
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: CALLER.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CALLER.secretAccessKey,
      AWS_SESSION_TOKEN: CALLER.sessionToken,
      AWS_ENDPOINT_URL_STS: harness.tokens.stsEndpoint,
      JOB_TARGET: JSON.stringify(harness.target()),
    };
  });
  afterEach(() => harness.stop());

  test('answers like its source, and writes one line of JSON', async () => {
    harness.api.behaviour = () => ({ status: 201, body: { metadata: { uid: 'u1' } } });
    const { answer, written } = await called(env, submitRequest());
    expect(answer).toMatchObject({
      done: false,
      job: 'train-5d5bf4c27a',
      uid: 'u1',
      waitSeconds: 10,
      phase: 'Pending',
    });
    expect(JSON.parse(written)).toMatchObject({
      level: 'INFO',
      service: 'cdktf-multicloud-jobs',
      action: 'submit',
      run: RUN,
      phase: 'Pending',
    });
    expect(written).not.toContain(MARKER);
  });

  test('fails by name, without a word of its code or of a credential', async () => {
    harness.api.behaviour = ({ headers }) => ({
      status: 403,
      body: { message: `no: ${headers.authorization}` },
    });
    const { error, written } = await called(env, submitRequest());
    expect(error).toMatchObject({ name: 'GKE.Forbidden', stack: `GKE.Forbidden: ${error!.message}` });
    expect(JSON.parse(written)).toMatchObject({ error: 'GKE.Forbidden' });
    expect(`${written}${error!.message}`).not.toMatch(new RegExp(`${MARKER}|index\\.js`));
  });

  test('says which of its settings is missing', async () => {
    const { error } = await called({ ...env, JOB_TARGET: undefined }, submitRequest());
    expect(error!.message).toBe('JOB_TARGET is required.');
  });
});

describe('the bundle of the rotation', () => {
  let harness: RotationHarness;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    harness = new RotationHarness();
    await harness.start();
    env = harness.environment();
  });
  afterEach(() => harness.stop());

  test('answers like its source, and what it writes has no value and no token in it', async () => {
    const { answer, written } = await callRotation(env, { action: 'check' }, RUN);
    expect(answer).toEqual({ outcome: 'rotated', current: '1' });
    const lines = written.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual([
      'added',
      'setSecret',
      'testSecret',
      'moved',
      'ended',
    ]);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'INFO',
      service: 'cdktf-multicloud-rotation',
      secret: 'database',
      store: 'google-secret-manager',
      run: RUN,
      version: '1',
    });
    expect(written).not.toContain(harness.current!);
    expect(written).not.toContain(MARKER);
  });

  test('fails by name, without a word of its code, of a value or of a credential', async () => {
    harness.owner.behaviour = () => 'fail';
    const { error, written } = await callRotation(env, { action: 'check' }, RUN);
    expect(error).toMatchObject({
      name: 'Rotation.SetFailed',
      stack: `Rotation.SetFailed: ${error!.message}`,
    });
    const told = `${written}${JSON.stringify(error)}`;
    expect(told).not.toMatch(new RegExp(`${MARKER}|index\\.js`));
    for (const { value } of harness.secrets.versions) expect(told).not.toContain(value);
  });

  test('says which of its settings is wrong', async () => {
    const wrong = harness.rotation({ setSecret: { functionArn: 'set-password', timeoutSeconds: 1 } });
    const { error } = await callRotation({ ...env, ROTATION: JSON.stringify(wrong) }, {}, RUN);
    expect(error!.message).toBe('ROTATION: setSecret.functionArn must be the ARN of an alias of a function.');
  });
});

const functions = readdirSync(dist)
  .filter((name) => name.endsWith('.zip'))
  .map((name) => name.slice(0, -4));

test('every function that is shipped is called here', () => {
  expect(Object.keys(FIRST_CALLS).sort()).toEqual(functions.sort());
});

describe.each(functions)('what is shipped of the function "%s"', (name) => {
  const bundle = join(dist, name, 'index.js');
  const archive = join(dist, `${name}.zip`);

  test('has at most 350,000 bytes', () => {
    expect(statSync(bundle).size).toBeLessThanOrEqual(350_000);
  });

  test('is an archive of the bundle and the licences of what is in it', () => {
    const files = unzipSync(readFileSync(archive));
    expect(Object.keys(files)).toEqual(['index.js', 'LICENSES.txt']);
    expect(Buffer.from(files['index.js']!)).toEqual(readFileSync(bundle));
    const library = name === 'google-authorizer' ? 'jose' : 'google-auth-library';
    expect(Buffer.from(files['LICENSES.txt']!).toString()).toMatch(
      new RegExp(`^${library} [\\d.]+ \\((Apache-2\\.0|MIT)\\)$`, 'm'),
    );
  });

  test('is found by the name of the package', () => {
    expect(require.resolve(`cdktf-multicloud/runtime/${name}.zip`)).toBe(archive);
  });

  const calls = [FIRST_CALLS[name]!, ...(OTHER_CALLS[name] ? [OTHER_CALLS[name]] : [])];
  test.each(calls)(
    'loads with Node alone, answers its first call, and writes no token (%#)',
    async (make) => {
      const first = make();
      await first.start();
      // Beside the unpacked archive lies nothing, as on AWS Lambda.
      const folder = mkdtempSync(join(tmpdir(), 'function-'));
      for (const [file, content] of Object.entries(unzipSync(readFileSync(archive)))) {
        writeFileSync(join(folder, file), content);
      }
      const { answer, error, written } = await calledIn(folder, first.environment(), first.event);
      await first.stop();
      rmSync(folder, { recursive: true });
      expect(error).toBeUndefined();
      expect(answer).toMatchObject(first.answer);
      expect(written).not.toContain(MARKER);
      expect(written).not.toMatch(/eyJ[\w-]{10,}\./);
      for (const line of written.trim().split('\n')) {
        expect(JSON.parse(line)).toMatchObject({ service: `cdktf-multicloud-${name}` });
      }
    },
  );

  test('says which of its settings is missing', async () => {
    const first = FIRST_CALLS[name]!();
    await first.start();
    const environment = Object.entries(first.environment());
    const [setting] = environment.find(([, value]) => value!.startsWith('{'))!;
    const rest = Object.fromEntries(environment.filter(([variable]) => variable !== setting));
    const { error } = await calledIn(join(dist, name), rest, first.event);
    await first.stop();
    expect(error!.message).toBe(`${setting} is required.`);
  });
});

test('the same source gives the same archives in any time zone', async () => {
  const out = mkdtempSync(join(tmpdir(), 'bundle-'));
  const bundler = join(__dirname, '../../scripts/bundle.mjs');
  const script = `import(${JSON.stringify(bundler)}).then((all) => all.bundleRuntime(${JSON.stringify(out)}))`;
  const child = spawn(process.execPath, ['-e', script], { env: { ...process.env, TZ: 'Asia/Tokyo' } });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  for (const name of functions) {
    const archive = `${name}.zip`;
    expect(readFileSync(join(out, archive)).equals(readFileSync(join(dist, archive)))).toBe(true);
  }
  rmSync(out, { recursive: true });
});
