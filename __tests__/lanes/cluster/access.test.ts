import { bookshop } from './bookshop';
import { Cluster, onCluster } from './cluster';

onCluster('a role by label', () => {
  const cluster = new Cluster();
  /** May the account do that, for example `patch deployments.apps/web`? */
  const may = (account: string, what: string, namespace = 'books') => {
    const args = ['--namespace', namespace, '--as', `system:serviceaccount:${account}`];
    return cluster.kubectl('auth', 'can-i', ...what.split(' '), ...args);
  };
  const yes = { status: 0, stdout: 'yes\n', stderr: '' };
  const no = { status: 1, stdout: 'no\n', stderr: '' };
  const restart = (account: string, deployment: string, namespace: string) => {
    const patch = JSON.stringify({ metadata: { annotations: { restarted: account.replace(':', '.') } } });
    const args = ['-n', namespace, '--patch', patch, '--as', `system:serviceaccount:${account}`];
    return cluster.kubectl('patch', 'deployment', deployment, ...args);
  };

  beforeAll(async () => {
    cluster.start();
    await cluster.deploy(bookshop());
    // The API server takes a moment to see a new binding; until then every answer is "no".
    const seen = () => (may('books:web', 'get deployments.apps/web').status === 0 ? true : undefined);
    await cluster.until('the binding', seen);
  });
  afterAll(() => cluster.stop());

  test.each([
    ['books:web', 'get deployments.apps/web'],
    ['books:web', 'patch deployments.apps/web'],
    ['shop:web', 'patch deployments.apps/web'],
  ])('lets %s, which carries the label, %s', (account, what) => {
    expect(may(account, what)).toEqual(yes);
  });

  test.each([
    ['another Deployment', 'books:web', 'patch deployments.apps/ranker'],
    ['every Deployment at once', 'books:web', 'patch deployments.apps'],
    ['the Deployment of the name in another namespace', 'books:web', 'patch deployments.apps/web', 'shop'],
    ['another verb', 'books:web', 'delete deployments.apps/web'],
    ['a list', 'books:web', 'list deployments.apps'],
    ['a subresource', 'books:web', 'patch deployments.apps/web --subresource=scale'],
    ['another resource of the name', 'books:web', 'get services/web'],
    ['an account without the label', 'books:ranker', 'patch deployments.apps/web'],
    ['the default account', 'books:default', 'patch deployments.apps/web'],
    ['an account of the name elsewhere', 'default:web', 'patch deployments.apps/web'],
  ])('does not stretch to %s', (_, account, what, namespace = 'books') => {
    expect(may(account, what, namespace)).toEqual(no);
  });

  test('is enough to restart the Deployment', () => {
    expect(restart('books:web', 'web', 'books')).toMatchObject({
      status: 0,
      stdout: 'deployment.apps/web patched\n',
    });
    expect(cluster.get('deployment', 'web', 'books')).toMatchObject({
      metadata: { annotations: { restarted: 'books.web' } },
    });
  });

  test.each([
    ['books:web', 'ranker', 'books'],
    ['books:web', 'web', 'shop'],
    ['books:ranker', 'web', 'books'],
  ])('does not let %s restart %s in %s', (account, deployment, namespace) => {
    expect(restart(account, deployment, namespace)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        `User "system:serviceaccount:${account}" cannot get resource "deployments" in API group "apps" in the namespace "${namespace}"`,
      ) as string,
    });
  });
});
