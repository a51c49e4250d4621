import { setTimeout as sleep } from 'node:timers/promises';
import { sendOnce } from '../../../runtime/shared/http/http';
import { authorizedSend } from '../../../runtime/shared/federation/authorized-send';
import { Consumers } from '../../../runtime/rotation/consumers';
import { httpClient } from '../../../runtime/shared/http/retry';
import { federationOf, onGoogle, restartOf, stackWithAws } from '../../secrets/fixtures';
import { Cluster, onCluster } from './cluster';

const USER = 'database-restart@my-project.iam.gserviceaccount.com';
const TOKEN = 'token-of-the-restarter';
const TIME = '2026-01-02T03:04:05.000Z';

const stack = stackWithAws();
const federation = federationOf(stack);
onGoogle(stack, { federation, restart: restartOf(stack, { federation }) });

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations?: Record<string, string> } };
  };
}

const deployment = (name: string) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'books', labels: { app: name } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name }, annotations: { team: 'books' } },
      spec: {
        containers: [{ name: 'main', image: 'registry.example/books:1', env: [{ name: 'A', value: 'b' }] }],
      },
    },
  },
});

onCluster('the rotation in a cluster', () => {
  const cluster = new Cluster();
  const restarted = (name: string) => cluster.get<Deployment>('deployment', name, 'books');
  const restart = (deployments: readonly string[], time = TIME) => {
    const { url, certificateAuthority } = cluster.controlPlane;
    const clock = { now: Date.now, sleep: () => Promise.resolve(), random: () => 0 };
    const lines: string[] = [];
    const log = {
      step: (what: string) => void lines.push(what),
      retry: () => undefined,
      ended: () => undefined,
      failed: () => undefined,
    };
    const target = {
      host: new URL(url).host,
      certificateAuthority: Buffer.from(certificateAuthority).toString('base64'),
      namespace: 'books',
      deployments,
      roleArn: '',
      credentials: {} as never,
    };
    const send = httpClient(clock, Date.now() + 30_000, () => undefined);
    const credentials = { token: () => Promise.resolve(TOKEN), drop: () => undefined };
    const authorized = authorizedSend(send, { accept: 'application/json' }, credentials);
    return new Consumers(target, authorized, log).restart('2', time);
  };
  /** A patch by the same user; the library asks for no more than that. */
  const patch = async (name: string, body: object) => {
    const { url, certificateAuthority: ca } = cluster.controlPlane;
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/merge-patch+json' };
    const path = `/apis/apps/v1/namespaces/books/deployments/${name}`;
    const request = { method: 'PATCH', url: `${url}${path}`, headers, body: JSON.stringify(body), ca };
    const { status, body: answer } = await sendOnce(request, 10_000);
    return { status, message: (JSON.parse(answer) as { message?: string }).message };
  };

  beforeAll(async () => {
    cluster.start({ [TOKEN]: USER });
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'books' } };
    const objects = [namespace, deployment('books'), deployment('shelf'), deployment('ledger')];
    expect(cluster.apply(objects)).toMatchObject({ status: 0 });
    await cluster.deploy(stack);
    // The API server takes a moment to see a role and a policy.
    for (let tries = 0; ; tries += 1) {
      const { message } = await patch('books', { metadata: { annotations: { tried: String(tries) } } });
      if (message?.includes('leaves the Deployment as it is')) break;
      expect(tries).toBeLessThan(300);
      await sleep(200);
    }
  });
  afterAll(() => cluster.stop());

  test('restarts the Deployments that are named, and only with a new time', async () => {
    const before = restarted('books').metadata.generation;
    await restart(['books', 'shelf']);
    for (const name of ['books', 'shelf']) {
      expect(restarted(name).spec.template.metadata.annotations).toEqual({
        team: 'books',
        'kubectl.kubernetes.io/restartedAt': TIME,
      });
    }
    await restart(['books', 'shelf']);
    expect(restarted('books').metadata.generation).toBe(before + 1);
    await restart(['books'], '2026-02-02T03:04:05.000Z');
    expect(restarted('books').metadata.generation).toBe(before + 2);
  });

  test('passes over one that is not there, and names one that it may not touch', async () => {
    await expect(restart(['ledger'])).rejects.toThrow(
      /^The Deployment ledger was not restarted: .*forbidden/,
    );
    expect(cluster.kubectl('delete', 'deployment', 'shelf', '-n', 'books')).toMatchObject({ status: 0 });
    await restart(['shelf']);
    expect(cluster.apply([deployment('shelf')])).toMatchObject({ status: 0 });
  });

  test('passes with annotations that a webhook of Autopilot rewrites in the same request', async () => {
    const { status } = await patch('books', {
      metadata: { annotations: { 'autopilot.gke.io/warden-version': '2.9.1' } },
      spec: {
        template: {
          metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-03-03T03:04:05.000Z' } },
        },
      },
    });
    expect(status).toBe(200);
  });

  const template = (part: object) => ({ spec: { template: part } });
  test.each<[string, object, RegExp]>([
    [
      'the image',
      template({ spec: { containers: [{ name: 'main', image: 'registry.example/other:1' }] } }),
      /leaves the pods as they are/,
    ],
    [
      'the service account',
      template({ spec: { serviceAccountName: 'admin' } }),
      /leaves the pods as they are/,
    ],
    ['a label of the pods', template({ metadata: { labels: { more: 'x' } } }), /changes the annotation/],
    [
      'another annotation of the pods',
      template({ metadata: { annotations: { more: 'x' } } }),
      /changes the annotation/,
    ],
    [
      'the value of another annotation',
      template({ metadata: { annotations: { team: 'x' } } }),
      /changes the annotation/,
    ],
    [
      'that another annotation is there',
      template({ metadata: { annotations: { team: null } } }),
      /changes the annotation/,
    ],
    ['how many there are', { spec: { replicas: 5 } }, /leaves the Deployment as it is/],
    ['whether it is paused', { spec: { paused: true } }, /leaves the Deployment as it is/],
    ['how it is rolled out', { spec: { minReadySeconds: 5 } }, /leaves the Deployment as it is/],
    ['a label of it', { metadata: { labels: { more: 'x' } } }, /leaves the Deployment as it is/],
    ['an annotation of it', { metadata: { annotations: { more: 'x' } } }, /leaves the Deployment as it is/],
    ['a finalizer of it', { metadata: { finalizers: ['example.com/x'] } }, /leaves the Deployment as it is/],
  ])('cannot change %s', async (_, body, message) => {
    const answer = await patch('books', body);
    expect(answer.status).toBe(403);
    expect(answer.message).toMatch(message);
  });

  test.each([
    'get deployments.apps/books',
    'list deployments.apps',
    'delete deployments.apps/books',
    'update deployments.apps/books',
    'patch deployments.apps/ledger',
    'patch deployments.apps/books --subresource=scale',
    'create deployments.apps',
    'create jobs.batch',
    'get secrets',
  ])('cannot %s', (what) => {
    const answer = cluster.kubectl('auth', 'can-i', ...what.split(' '), '-n', 'books', '--as', USER);
    expect(answer.stdout).toBe('no\n');
  });
});
