import { failure } from '../harness';
import { DAY } from '../rotation-harness';
import { harness, messages, watch } from './rotation-life';

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
