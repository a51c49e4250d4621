import { failure } from '../harness';
import { DAY, SECRET } from '../rotation-harness';
import { harness, messages, watch } from './rotation-life';

test('the first run makes the first value, has it set, tests it and gives it to consumers', async () => {
  expect(await harness.run()).toEqual({ outcome: 'rotated', current: '1' });
  expect(harness.owner.asked).toEqual([
    { step: 'setSecret', secret: SECRET, version: '1', previousVersion: null },
    { step: 'testSecret', secret: SECRET, version: '1', previousVersion: null },
  ]);
  expect(harness.owner.paths[0]).toBe(
    '/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Aset-password/invocations?Qualifier=live',
  );
  expect(harness.secrets.aliases).toEqual({ current: '1' });
  expect(harness.current).toMatch(/^[\w.~-]{32}$/);
  expect(messages()).toEqual(['added', 'setSecret', 'testSecret', 'moved', 'ended']);
});

test('Google sees the role of the rotation with the id of the call, and why', async () => {
  await harness.run('check', {}, '0f8fad5b-d9cb-469f-a165-70867728950e');
  const [request] = harness.secrets.requests;
  expect(request!.identity).toBe(
    'arn:aws:sts::123456789012:assumed-role/database-rotation-google/0f8fad5b-d9cb-469f-a165-70867728950e',
  );
  expect(request!.headers['x-goog-request-reason']).toBe(
    'run=0f8fad5b-d9cb-469f-a165-70867728950e;secret=database;reason=signs in to the database',
  );
});

test('a run before the time reads and does nothing', async () => {
  await harness.run();
  harness.ahead += 29 * DAY;
  await harness.run();
  const before = harness.secrets.requests.length;
  expect(await harness.run()).toEqual({ outcome: 'nothing to do', current: '1' });
  expect(harness.secrets.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'GET']);
  expect(harness.secrets.versions).toHaveLength(1);
});

test('the version before stays readable for the time of grace, and is disabled after it', async () => {
  await harness.dueAgain();
  expect(await harness.run()).toEqual({ outcome: 'rotated', current: '2' });
  expect(harness.secrets.aliases).toEqual({ current: '2', previous: '1' });
  harness.ahead += 3_590_000;
  await harness.run();
  expect(harness.secrets.in('ENABLED')).toEqual(['1', '2']);
  harness.ahead += 20_000;
  await harness.run();
  expect(harness.secrets.in('ENABLED')).toEqual(['2']);
  expect(harness.secrets.aliases).toEqual({ current: '2' });
});

test('without a time of grace the version before is disabled in the same run', async () => {
  await harness.dueAgain();
  await harness.run('check', { previousVersionGraceSeconds: 0 });
  expect(harness.secrets.in('ENABLED')).toEqual(['2']);
});

test('a new value can be had at once, and a repeated call does not make another', async () => {
  await harness.run();
  await harness.run('rotate', {}, 'one-call');
  await harness.run('rotate', {}, 'one-call');
  expect(harness.secrets.aliases.current).toBe('2');
  await harness.run('rotate', {}, 'another-call');
  expect(harness.secrets.aliases.current).toBe('3');
});

test('a current version that somebody disables is replaced at once', async () => {
  await harness.run();
  harness.secrets.versions[0]!.state = 'DISABLED';
  expect(await harness.run()).toEqual({ outcome: 'rotated', current: '2' });
});

test('aliases and annotations of others stay', async () => {
  await harness.run();
  harness.secrets.aliases = { ...harness.secrets.aliases, audited: '1' };
  harness.secrets.annotations = { ...harness.secrets.annotations, team: 'data' };
  harness.ahead += 31 * DAY;
  await harness.run();
  expect(harness.secrets.aliases).toEqual({ audited: '1', current: '2', previous: '1' });
  expect(harness.secrets.annotations).toMatchObject({ team: 'data' });
});

test('more versions than fit a page are all seen', async () => {
  await harness.run();
  for (let made = 0; made < 300; made += 1) {
    harness.secrets.versions.push({
      ...harness.secrets.versions[0]!,
      number: String(harness.secrets.versions.length + 1),
      state: 'DISABLED',
    });
  }
  expect(await harness.run()).toEqual({ outcome: 'nothing to do', current: '1' });
});

test('a role that Google does not let in is named, and nothing else is told', async () => {
  const error = await failure(harness.run('check', { roleArn: 'arn:aws:iam::123456789012:role/another' }));
  expect(error.name).toBe('Rotation.AuthFailed');
  expect(error.message).toContain(
    'AWS STS did not give the role arn:aws:iam::123456789012:role/another: AccessDenied',
  );
});

test('Secret Manager that does not answer is named', async () => {
  harness.secrets.fate = () => 'lose request';
  const error = await failure(harness.run());
  expect([error.name, error.message]).toEqual([
    'Rotation.ApiUnavailable',
    'Secret Manager did not answer (ECONNRESET); tries: 4. Secret database.',
  ]);
});

test('an address off this machine that is not on https is not asked', async () => {
  const error = await failure(harness.run('check', { endpoint: 'http://secretmanager.googleapis.com' }));
  expect(error.message).toBe('secretmanager.googleapis.com is not on https');
});

test('a version that somebody has gone back to is not disabled when its time of grace is over', async () => {
  await harness.dueAgain();
  await harness.run();
  harness.ahead += 2 * 3_600_000;
  let back = false;
  harness.secrets.before = ({ method }) => {
    if (back || method !== 'PATCH') return Promise.resolve();
    back = true;
    harness.secrets.aliases = { current: '1' };
    harness.secrets.touch();
    return Promise.resolve();
  };
  await harness.run();
  // No alias names the other version any more.
  expect(harness.secrets.in('ENABLED')).toEqual(['1']);
  expect(harness.secrets.aliases).toEqual({ current: '1' });
});

test('nor is one whose alias of the version before was left as it was', async () => {
  await harness.dueAgain();
  await harness.run();
  harness.ahead += 2 * 3_600_000;
  harness.secrets.aliases = { current: '1', previous: '1' };
  const broken = watch();
  await harness.run();
  expect(harness.secrets.in('ENABLED')).toEqual(['1']);
  expect(harness.secrets.aliases).toEqual({ current: '1' });
  expect(broken).toEqual([]);
});

test('a version that was claimed with an answer that got lost is used and not thrown away', async () => {
  await harness.dueAgain();
  let lost = false;
  harness.secrets.fate = ({ method }) => {
    if (lost || method !== 'PATCH') return 'answer';
    lost = true;
    return 'lose answer';
  };
  expect(await harness.run()).toEqual({ outcome: 'rotated', current: '2' });
  expect(harness.secrets.versions).toHaveLength(2);
});
