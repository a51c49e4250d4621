import { failure } from '../harness';
import { DAY, RotationHarness, SECRET } from '../rotation-harness';
import type { Fate } from '../secret-manager-server';
import { MARKER } from '../token-servers';

let harness: RotationHarness;

beforeEach(async () => {
  harness = new RotationHarness();
  await harness.start();
});

afterEach(async () => {
  const told = JSON.stringify(harness.lines);
  for (const { value } of harness.secrets.versions) expect(told).not.toContain(value);
  expect(told).not.toContain(MARKER);
  await harness.stop();
});

/** Fails the test at the request after which a consumer has no value, or one that the owner does not take. */
function watch(): string[] {
  const broken: string[] = [];
  harness.secrets.changed = () => {
    const { current } = harness;
    if (current === undefined || !harness.owner.accepted.has(current)) {
      broken.push(`${harness.secrets.requests.at(-1)!.method} ${harness.secrets.requests.at(-1)!.path}`);
    }
  };
  return broken;
}

const messages = () => harness.lines.map(({ message }) => message);

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

describe('a state machine that sets and tests', () => {
  const machine = (step: string) => ({
    stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:${step}-password:live`,
    timeoutSeconds: 60,
  });
  const machines = { setSecret: machine('set'), testSecret: machine('test') };

  test('is run with the name of the version as its input, never the value', async () => {
    expect(await harness.run('check', machines)).toEqual({ outcome: 'rotated', current: '1' });
    expect(harness.owner.asked).toEqual([
      { step: 'setSecret', secret: SECRET, version: '1', previousVersion: null },
      { step: 'testSecret', secret: SECRET, version: '1', previousVersion: null },
    ]);
    expect([...harness.owner.executions.keys()]).toEqual([
      expect.stringMatching(/:execution:set-password:setSecret-[0-9a-f-]{36}$/),
      expect.stringMatching(/:execution:test-password:testSecret-[0-9a-f-]{36}$/),
    ]);
    expect(messages()).toEqual(['added', 'setSecret', 'testSecret', 'moved', 'ended']);
  });

  test.each([
    [
      'fail',
      'The state machine set-password:live failed with GKE.JobFailed; see its history. Secret database.',
    ],
    ['hang', 'The state machine set-password:live did not end in 60 s and was stopped. Secret database.'],
    [
      'refuse',
      'The state machine set-password:live was not started: HTTP 400 StateMachineDoesNotExist. Secret database.',
    ],
  ] as const)(
    'when it is to %s nothing moves, and the next run runs it again',
    async (behaviour, message) => {
      await harness.dueAgain();
      const broken = watch();
      harness.owner.behaviour = () => behaviour;
      const error = await failure(harness.run('check', machines));
      expect([error.name, error.message]).toEqual(['Rotation.SetFailed', message]);
      expect([...harness.owner.executions.values()]).not.toContain('RUNNING');
      harness.owner.behaviour = () => 'work';
      expect(await harness.run('check', machines)).toEqual({ outcome: 'rotated', current: '2' });
      expect(broken).toEqual([]);
    },
  );

  test('that somebody aborts is named so', async () => {
    harness.owner.behaviour = () => 'hang';
    const run = failure(harness.run('check', machines));
    const abort = setInterval(() => {
      for (const arn of harness.owner.executions.keys()) harness.owner.executions.set(arn, 'ABORTED');
    }, 1);
    expect((await run).message).toBe(
      'The state machine set-password:live ended as ABORTED; see its history. Secret database.',
    );
    clearInterval(abort);
  });
});

describe('consumers that are restarted', () => {
  const DEPLOYMENT = { status: 200, body: { kind: 'Deployment' } };
  beforeEach(() => void (harness.api.behaviour = () => DEPLOYMENT));
  const restarts = () =>
    harness.api.requests.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`);
  const patchOf = (deployment: string, version: number) => {
    const time = harness.secrets.versions[version - 1]!.createTime;
    return `PATCH /apis/apps/v1/namespaces/books/deployments/${deployment} {"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"${time}"}}}}}`;
  };
  const run = () => harness.run('check', { restart: harness.restart() });

  test('are so once the alias has moved, each by one annotation and once for a version', async () => {
    await run();
    harness.ahead += 31 * DAY;
    harness.api.requests.length = 0;
    harness.api.behaviour = () => {
      expect(harness.secrets.aliases.current).toBe('2');
      return DEPLOYMENT;
    };
    await run();
    await run();
    expect(restarts()).toEqual([patchOf('books', 2), patchOf('shelf', 2)]);
    expect(harness.api.requests[0]!.headers).toMatchObject({
      'content-type': 'application/strategic-merge-patch+json',
      'x-goog-request-reason': expect.stringContaining('secret=database') as string,
    });
    expect(messages()).toContain('restarted');
  });

  test('are so in the next run where one was broken off, and the time on them is the same', async () => {
    await run();
    harness.ahead += 31 * DAY;
    harness.api.requests.length = 0;
    harness.api.behaviour = ({ path }) =>
      path.endsWith('shelf') ? { status: 403, body: { message: 'no.' } } : DEPLOYMENT;
    const broken = watch();
    const error = await failure(run());
    expect([error.name, error.message]).toEqual([
      'Rotation.RestartFailed',
      'The Deployment shelf was not restarted: no. Secret database.',
    ]);
    expect(harness.secrets.aliases).toEqual({ current: '2', previous: '1' });
    harness.api.behaviour = () => DEPLOYMENT;
    harness.ahead += 900_000;
    expect(await run()).toEqual({ outcome: 'nothing to do', current: '2' });
    expect(restarts()).toEqual(
      ['books', 'shelf', 'books', 'shelf'].map((deployment) => patchOf(deployment, 2)),
    );
    expect(broken).toEqual([]);
  });

  test('are so when somebody goes back to the version before', async () => {
    await run();
    harness.ahead += 31 * DAY;
    await run();
    harness.api.requests.length = 0;
    harness.secrets.aliases = { current: '1' };
    harness.secrets.touch();
    await run();
    expect(restarts()).toEqual([patchOf('books', 1), patchOf('shelf', 1)]);
  });

  test('that do not exist yet are passed over', async () => {
    harness.api.behaviour = () => ({
      status: 404,
      body: { kind: 'Status', reason: 'NotFound', message: 'not found' },
    });
    expect(await run()).toEqual({ outcome: 'rotated', current: '1' });
  });

  test('are not passed over for a page of a front end', async () => {
    harness.api.behaviour = () => ({ status: 404, body: '<html>Not Found</html>' });
    const error = await failure(run());
    expect([error.name, error.message]).toEqual([
      'Rotation.RestartFailed',
      'The Deployment books was not restarted: HTTP 404 that is not from the API server. Secret database.',
    ]);
  });

  test('are restarted with a new token when the first one is rejected', async () => {
    let rejected = false;
    harness.api.behaviour = () => {
      if (rejected) return DEPLOYMENT;
      rejected = true;
      return { status: 401, body: { kind: 'Status', reason: 'Unauthorized' } };
    };
    expect(await run()).toEqual({ outcome: 'rotated', current: '1' });
    expect(restarts()).toEqual(['books', 'books', 'shelf'].map((deployment) => patchOf(deployment, 1)));
  });
});
