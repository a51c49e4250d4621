import { failure } from '../harness';
import { harness, watch } from './rotation-life';

test('runs at the same time make one new current value between them', async () => {
  await harness.dueAgain();
  const broken = watch();
  const outcomes = await Promise.all([harness.run(), harness.run(), harness.run()]);
  expect(new Set(outcomes.map((outcome) => outcome?.current)).size).toBe(1);
  const { current } = harness.secrets.aliases;
  expect(harness.secrets.aliases).toEqual({ current, previous: '1' });
  expect(harness.secrets.in('ENABLED')).toEqual(['1', current]);
  expect(broken).toEqual([]);
});

test.each([1, 2, 3, 4, 5])(
  'a whole run between requests of another (before request %i) does no harm',
  async (request) => {
    await harness.dueAgain();
    const broken = watch();
    const first = harness.secrets.requests.length;
    let nested = false;
    harness.secrets.before = async () => {
      if (nested || harness.secrets.requests.length - first !== request) return;
      nested = true;
      await harness.run();
    };
    await harness.run();
    const { current } = harness.secrets.aliases;
    expect(harness.secrets.aliases).toEqual({ current, previous: '1' });
    expect(harness.secrets.in('ENABLED')).toEqual(['1', current]);
    expect(broken).toEqual([]);
  },
);

test('who gives up a value that another run has moved meanwhile leaves it alone', async () => {
  await harness.dueAgain();
  const broken = watch();
  let tested = 0;
  harness.owner.behaviour = (asked) => (asked.step === 'testSecret' && (tested += 1) === 1 ? 'fail' : 'work');
  let nested = false;
  harness.secrets.before = async ({ method }) => {
    if (nested || method !== 'PATCH' || tested !== 1) return;
    nested = true;
    await harness.run('check', { retryWindowSeconds: 0 });
  };
  expect(await harness.run('check', { retryWindowSeconds: 0 })).toEqual({
    outcome: 'nothing to do',
    current: '2',
  });
  expect(harness.secrets.in('ENABLED')).toEqual(['1', '2']);
  expect(broken).toEqual([]);
});

test('a secret that others change all the time is given up for this run, by name', async () => {
  await harness.dueAgain();
  harness.secrets.before = ({ method }) => {
    if (method === 'PATCH') harness.secrets.touch();
    return Promise.resolve();
  };
  const error = await failure(harness.run());
  expect([error.name, error.message]).toEqual([
    'Rotation.Conflict',
    'Others changed the secret all the time. Secret database.',
  ]);
  expect(harness.secrets.aliases).toEqual({ current: '1' });
  expect(harness.secrets.in('ENABLED')).toEqual(['1']);
});
