import { failure } from '../harness';
import type { Fate } from '../secret-manager-server';
import { harness, messages, watch } from './rotation-life';

/** The requests of one rotation: read, add, claim, set, test, move. */
const REQUESTS = 5;
const FATES: readonly Fate[] = ['lose request', 'lose answer'];

const BROKEN_OFF = Array.from({ length: REQUESTS }, (_, index) => index + 1).flatMap((request) =>
  FATES.flatMap((fate) => [
    { request, fate, then: 'the function dies' as const },
    { request, fate, then: 'the next answers come' as const },
  ]),
);

test('one rotation asks Secret Manager as often as the table below says', async () => {
  await harness.dueAgain();
  const before = harness.secrets.requests.length;
  await harness.run();
  expect(
    harness.secrets.requests.slice(before).map(({ method, path }) => `${method} ${path.slice(40)}`),
  ).toEqual([
    'GET ',
    'GET /versions?pageSize=250',
    'POST :addVersion',
    'PATCH ?updateMask=versionAliases,annotations',
    'PATCH ?updateMask=versionAliases,annotations',
  ]);
});

test.each(BROKEN_OFF)(
  'broken off at request $request ($fate, $then), a consumer has a good value all the time',
  async ({ request, fate, then }) => {
    await harness.dueAgain();
    const broken = watch();
    const first = harness.secrets.requests.length;
    harness.secrets.fate = () => {
      const count = harness.secrets.requests.length - first;
      if (count === request) return fate;
      return count > request && then === 'the function dies' ? 'lose request' : 'answer';
    };
    await harness.run().catch(() => undefined);
    harness.secrets.fate = () => 'answer';
    harness.ahead += 900_000;
    await harness.run();
    harness.ahead += 2 * 3_600_000;
    await harness.run();
    harness.ahead += 900_000;
    expect(await harness.run()).toMatchObject({ outcome: 'nothing to do' });
    expect(broken).toEqual([]);
    const { current } = harness.secrets.aliases;
    expect(harness.secrets.aliases).toEqual({ current });
    expect(current).not.toBe('1');
    expect(harness.secrets.in('ENABLED')).toEqual([current]);
  },
);

test.each(
  Array.from({ length: 4 }, (_, index) => index + 1).flatMap((request) =>
    FATES.map((fate) => ({ request, fate })),
  ),
)(
  'broken off at request $request of disabling the version before ($fate), it is disabled by the next run',
  async ({ request, fate }) => {
    await harness.dueAgain();
    await harness.run();
    harness.ahead += 2 * 3_600_000;
    const broken = watch();
    const first = harness.secrets.requests.length;
    harness.secrets.fate = () => {
      const count = harness.secrets.requests.length - first;
      return count === request ? fate : count > request ? 'lose request' : 'answer';
    };
    await harness.run().catch(() => undefined);
    harness.secrets.fate = () => 'answer';
    await harness.run();
    expect(broken).toEqual([]);
    expect(harness.secrets.in('ENABLED')).toEqual(['2']);
    expect(harness.secrets.aliases).toEqual({ current: '2' });
  },
);

test.each(['setSecret', 'testSecret'] as const)(
  'broken off while %s is asked, the next run asks again',
  async (step) => {
    await harness.dueAgain();
    const broken = watch();
    harness.owner.behaviour = (asked) => (asked.step === step ? 'hang' : 'work');
    const error = await failure(harness.run());
    expect(error.name).toBe(step === 'setSecret' ? 'Rotation.SetFailed' : 'Rotation.TestFailed');
    expect(error.message).toBe(
      `The function ${step === 'setSecret' ? 'set' : 'test'}-password:live did not answer in 1 s. Secret database.`,
    );
    expect(harness.secrets.aliases).toEqual({ current: '1', pending: '2' });
    harness.owner.behaviour = () => 'work';
    harness.ahead += 900_000;
    expect(await harness.run()).toEqual({ outcome: 'rotated', current: '2' });
    expect(broken).toEqual([]);
    expect(harness.secrets.versions).toHaveLength(2);
  },
);

test.each([
  [
    'setSecret',
    'fail',
    'Rotation.SetFailed',
    'The function set-password:live failed with OwnerError; see its log. Secret database.',
  ],
  [
    'testSecret',
    'fail',
    'Rotation.TestFailed',
    'The function test-password:live failed with OwnerError; see its log. Secret database.',
  ],
  [
    'setSecret',
    'refuse',
    'Rotation.SetFailed',
    'The function set-password:live was not called: HTTP 403 AccessDeniedException. Secret database.',
  ],
] as const)(
  'when %s is to %s nothing moves, and after the time for tests the value is given up',
  async (step, behaviour, name, message) => {
    await harness.dueAgain();
    const broken = watch();
    harness.owner.behaviour = (asked) => (asked.step === step ? behaviour : 'work');
    const error = await failure(harness.run());
    expect([error.name, error.message, error.stack]).toEqual([name, message, `${name}: ${message}`]);
    expect(harness.secrets.aliases).toEqual({ current: '1', pending: '2' });
    harness.ahead += 1_800_000;
    expect((await failure(harness.run())).name).toBe(name);
    expect(harness.secrets.aliases).toEqual({ current: '1' });
    expect(harness.secrets.in('ENABLED')).toEqual(['1']);
    expect(messages()).toContain('stopped');
    expect(broken).toEqual([]);
  },
);

test('after a value was given up a day passes before the next, unless it is asked for', async () => {
  await harness.dueAgain();
  harness.owner.behaviour = () => 'fail';
  await failure(harness.run('check', { retryWindowSeconds: 0 }));
  harness.owner.behaviour = () => 'work';
  harness.ahead += 23 * 3_600_000;
  expect(await harness.run()).toEqual({ outcome: 'nothing to do', current: '1' });
  expect(await harness.run('rotate')).toEqual({ outcome: 'rotated', current: '3' });
  expect(harness.secrets.annotations).not.toHaveProperty(['cdktf-multicloud.given-up-at']);
});

test('broken off between giving up and disabling, the version is disabled within hours', async () => {
  await harness.dueAgain();
  harness.owner.behaviour = () => 'fail';
  harness.secrets.fate = ({ path }) => (path.endsWith(':disable') ? 'lose request' : 'answer');
  await failure(harness.run('check', { retryWindowSeconds: 0 }));
  expect(harness.secrets.in('ENABLED')).toEqual(['1', '2']);
  harness.secrets.fate = () => 'answer';
  harness.ahead += 2 * 3_600_000;
  await harness.run();
  expect(harness.secrets.in('ENABLED')).toEqual(['1']);
});
