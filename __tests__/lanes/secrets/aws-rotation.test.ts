import { randomUUID } from 'node:crypto';
import type { AwsRotation } from '../../../lib/contracts/rotation';
import { OwnerServer } from '../../runtime/owner-server';
import { callRotation, type Called } from '../../runtime/rotation-process';
import { emulatorEndpoint, noAws, stopEmulator } from '../aws/emulator';
import { Gate } from './gate';
import { CREDENTIALS, Secret } from './secrets-manager';

const missing = noAws();
if (missing !== undefined) process.stderr.write(`skipped: ${missing}\n`);
const url = missing === undefined ? emulatorEndpoint() : '';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
type Step = (typeof STEPS)[number];
const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function';

const ROTATION: AwsRotation = {
  store: 'aws-secrets-manager',
  name: 'database',
  value: { length: 32, alphabet: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~' },
  setSecret: { functionArn: `${FUNCTION}:set-password:live`, timeoutSeconds: 2 },
  testSecret: { functionArn: `${FUNCTION}:test-password:live`, timeoutSeconds: 2 },
  reason: 'signs in to the database',
};

(missing === undefined ? describe : describe.skip)('a rotation in Secrets Manager', () => {
  let secret: Secret;
  let owner: OwnerServer;
  let gate: Gate;
  let told: string;
  let broken: string[];

  afterAll(stopEmulator);
  beforeEach(async () => {
    secret = await Secret.make(url);
    owner = new OwnerServer((version) => secret.value(version));
    gate = new Gate(url);
    await Promise.all([owner.start(), gate.start()]);
    told = '';
    broken = [];
  });
  afterEach(async () => {
    await Promise.all([owner.stop(), gate.stop()]);
    const values = await Promise.all(Object.keys(await secret.stages()).map((id) => secret.value(id)));
    for (const value of values) expect(told).not.toContain(value!);
    for (const credential of Object.values(CREDENTIALS)) expect(told).not.toContain(credential);
  });

  async function call(step: Step, version: string, signal?: AbortSignal): Promise<Called> {
    const env = {
      ...CREDENTIALS,
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: gate.url,
      AWS_ENDPOINT_URL_LAMBDA: owner.url,
      ROTATION: JSON.stringify(ROTATION),
    };
    const event = { Step: step, SecretId: secret.arn, ClientRequestToken: version };
    const called = await callRotation(env, event, randomUUID(), signal);
    told += `${called.written}${JSON.stringify(called.error ?? '')}`;
    return called;
  }

  /** All four steps, each of which must succeed. */
  async function rotate(version = randomUUID()): Promise<string> {
    for (const step of STEPS) expect(await call(step, version)).toMatchObject({ answer: null });
    return version;
  }

  /** Takes note of each request after which consumers have a value that the owner does not take. */
  function watch(): void {
    gate.after = async () => {
      const current = await secret.value();
      if (current === undefined || !owner.accepted.has(current)) broken.push(gate.seen.at(-1)!);
    };
  }

  test('the four steps make a value, set it, test it and give it to consumers', async () => {
    const first = await rotate();
    expect(await secret.stages()).toEqual({ [first]: ['AWSCURRENT'] });
    watch();
    const second = await rotate();
    expect(await secret.stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
    expect(owner.asked.slice(2)).toEqual([
      { step: 'setSecret', secret: secret.arn, version: second, previousVersion: first },
      { step: 'testSecret', secret: secret.arn, version: second, previousVersion: first },
    ]);
    expect(await secret.value()).toMatch(/^[\w.~-]{32}$/);
    expect(await secret.value(first)).not.toBe(await secret.value(second));
    expect(broken).toEqual([]);
  });

  test('steps that are called twice, or when all is done, change nothing more', async () => {
    const first = await rotate();
    const second = randomUUID();
    for (const step of STEPS.flatMap((each) => [each, each])) await call(step, second);
    const [value, stages] = [await secret.value(), await secret.stages()];
    for (const step of STEPS) expect(await call(step, second)).toMatchObject({ answer: null });
    expect([await secret.value(), await secret.stages()]).toEqual([value, stages]);
    expect(stages).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
  });

  const REQUESTS: Readonly<Record<Step, number>> = {
    createSecret: 2,
    setSecret: 1,
    testSecret: 1,
    finishSecret: 3,
  };
  const brokenOff = STEPS.flatMap((step) =>
    Array.from({ length: REQUESTS[step] }, (_, index) => index + 1).flatMap((request) =>
      (['lose request', 'lose answer'] as const).map((fate) => ({ step, request, fate })),
    ),
  );

  test.each(brokenOff)(
    '$step is killed at request $request ($fate), and called again',
    async ({ step, request, fate }) => {
      const first = await rotate();
      watch();
      const second = randomUUID();
      for (const each of STEPS) {
        if (each === step) {
          const killed = new AbortController();
          const before = gate.seen.length;
          gate.fate = () => {
            if (gate.seen.length - before < request) return 'answer';
            killed.abort();
            return gate.seen.length - before === request ? fate : 'lose request';
          };
          expect((await call(step, second, killed.signal)).answer).toBeUndefined();
          gate.fate = () => 'answer';
        }
        expect(await call(each, second)).toMatchObject({ answer: null });
      }
      expect(await secret.stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
      expect(broken).toEqual([]);
    },
  );

  test.each(['setSecret', 'testSecret'] as const)(
    '%s is killed while the owner is asked, and called again',
    async (step) => {
      const first = await rotate();
      watch();
      const second = randomUUID();
      for (const each of STEPS) {
        if (each === step) {
          const killed = new AbortController();
          owner.behaviour = () => {
            killed.abort();
            return 'hang';
          };
          await call(step, second, killed.signal);
          owner.behaviour = () => 'work';
        }
        expect(await call(each, second)).toMatchObject({ answer: null });
      }
      expect(await secret.stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
      expect(broken).toEqual([]);
    },
  );

  test.each([
    ['setSecret', 'fail', 'Rotation.SetFailed', 'failed with OwnerError; see its log.'],
    ['testSecret', 'fail', 'Rotation.TestFailed', 'failed with OwnerError; see its log.'],
    ['setSecret', 'hang', 'Rotation.SetFailed', 'did not answer in 2 s.'],
    ['testSecret', 'hang', 'Rotation.TestFailed', 'did not answer in 2 s.'],
  ] as const)(
    'when %s is to %s nothing moves, and the next rotation can begin',
    async (step, behaviour, name, message) => {
      const first = await rotate();
      watch();
      const second = randomUUID();
      owner.behaviour = (asked) => (asked.step === step ? behaviour : 'work');
      await call('createSecret', second);
      const set = await call('setSecret', second);
      const { error } = step === 'setSecret' ? set : await call('testSecret', second);
      expect(error).toMatchObject({
        name,
        message: `The function ${step === 'setSecret' ? 'set' : 'test'}-password:live ${message} Secret database.`,
      });
      expect(error!.stack).toBe(`${name}: ${error!.message}`);
      expect((await secret.stages())[first]).toEqual(['AWSCURRENT']);
      expect(await secret.labelled('AWSPENDING')).toBeUndefined();
      expect((await call('finishSecret', second)).error).toMatchObject({ name: 'Rotation.NotPending' });
      owner.behaviour = () => 'work';
      const third = await rotate();
      expect(await secret.labelled('AWSCURRENT')).toBe(third);
      expect(broken).toEqual([]);
    },
  );

  test('Secrets Manager tries a rotation that failed again as a whole, and the value is the same', async () => {
    const first = await rotate();
    watch();
    const second = randomUUID();
    owner.behaviour = ({ step }) => (step === 'testSecret' ? 'fail' : 'work');
    for (const step of STEPS.slice(0, 3)) await call(step, second);
    const value = await secret.value(second);
    owner.behaviour = () => 'work';
    await rotate(second);
    expect(await secret.value()).toBe(value);
    expect(await secret.stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
    expect(broken).toEqual([]);
  });

  test.each(['setSecret', 'testSecret'] as const)(
    'the first value is current from the start, and when %s fails it is tried until it is accepted',
    async (step) => {
      const first = randomUUID();
      owner.behaviour = (asked) => (asked.step === step ? 'fail' : 'work');
      for (const each of STEPS.slice(0, step === 'setSecret' ? 2 : 3)) await call(each, first);
      expect(await secret.stages()).toEqual({ [first]: ['AWSPENDING', 'AWSCURRENT'] });
      owner.behaviour = () => 'work';
      await rotate(first);
      expect(await secret.stages()).toEqual({ [first]: ['AWSCURRENT'] });
      expect(owner.accepted.has((await secret.value())!)).toBe(true);
    },
  );

  test('a first value that was never accepted is followed by another', async () => {
    const first = randomUUID();
    owner.behaviour = () => 'fail';
    for (const step of STEPS.slice(0, 2)) await call(step, first);
    owner.behaviour = () => 'work';
    const second = await rotate();
    expect(await secret.stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
    expect(owner.accepted.has((await secret.value())!)).toBe(true);
  });

  test('a rotation that is tried again after the value became current leaves the one before accepted', async () => {
    const first = await rotate();
    watch();
    const second = randomUUID();
    for (const step of STEPS.slice(0, 3)) await call(step, second);
    const killed = new AbortController();
    gate.fate = () => {
      if (gate.seen.at(-2) !== 'UpdateSecretVersionStage') return 'answer';
      killed.abort();
      return 'lose request';
    };
    expect((await call('finishSecret', second, killed.signal)).answer).toBeUndefined();
    gate.fate = () => 'answer';
    expect((await secret.stages())[second]).toEqual(['AWSPENDING', 'AWSCURRENT']);
    await rotate(second);
    expect(owner.asked.at(-1)).toMatchObject({ step: 'testSecret', previousVersion: first });
    for (const version of [first, second]) {
      expect(owner.accepted.has((await secret.value(version))!)).toBe(true);
    }
    expect(await secret.stages()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['AWSCURRENT'] });
    expect(broken).toEqual([]);
  });

  test('while one version is pending another is not begun', async () => {
    await rotate();
    const second = randomUUID();
    await call('createSecret', second);
    expect((await call('createSecret', randomUUID())).error).toMatchObject({ name: 'Rotation.NotPending' });
    expect(await secret.labelled('AWSPENDING')).toBe(second);
  });

  test.each([
    [{}, 'Step is required.'],
    [{ Step: 'dropSecret' }, 'Step must be one of the four steps.'],
    [{ Step: 'createSecret', SecretId: 'database' }, 'SecretId must be the ARN of a secret.'],
  ])('the event %j is refused', async (event, message) => {
    const called = await callRotation(
      { ...CREDENTIALS, AWS_REGION: 'eu-west-1', ROTATION: JSON.stringify(ROTATION) },
      event,
      randomUUID(),
    );
    expect(called.error).toMatchObject({
      name: 'Rotation.BadRequest',
      message: `${message} Secret database.`,
    });
  });
});
