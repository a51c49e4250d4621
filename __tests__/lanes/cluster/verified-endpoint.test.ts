import { EndpointCallers } from '../../../lib/identity/federation/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import type { VerifiedEndpointProps } from '../../../lib/gke/verified-endpoint/verified-endpoint-props';
import { synthesized, testStack } from '../../synth';
import { Cluster, onCluster } from './cluster';
import type { Answer } from './control-plane';
import { manifestsOf } from './manifests';

interface Pods {
  readonly items: readonly {
    readonly spec: { readonly containers: readonly { readonly image: string }[] };
    readonly status: { readonly phase: string };
  }[];
}

const stack = testStack();
const namespace = new IsolatedNamespace(stack, 'books', { name: 'books' });
const common: Omit<VerifiedEndpointProps, 'name' | 'exposure'> = {
  namespace,
  service: {
    workload: {
      namespace: 'books',
      serviceHost: 'books.books.svc.cluster.local',
      podLabels: { 'app.kubernetes.io/name': 'books' },
    },
    port: 8000,
  },
  callers: [
    EndpointCallers.google({
      audience: 'https://books.example.com',
      serviceAccountEmails: ['bridge@my-project.iam.gserviceaccount.com'],
    }),
  ],
  image: `envoyproxy/envoy@sha256:${'0'.repeat(64)}`,
  reason: 'state machines ask for books',
  owner: 'team-books',
};
new VerifiedEndpoint(stack, 'inside', {
  ...common,
  name: 'books-inside',
  exposure: 'cluster',
  allowedNamespaces: ['shop'],
  acknowledge: { plainHttp: 'a test' },
});
new VerifiedEndpoint(stack, 'outside', {
  ...common,
  name: 'books-outside',
  exposure: 'external',
  allowedRanges: ['0.0.0.0/0'],
  loadBalancerIp: '192.0.2.7',
  tlsSecretName: 'books-tls',
  hostName: 'books.example.com',
});
const manifests = manifestsOf(synthesized(stack));

onCluster('a verified endpoint', () => {
  const cluster = new Cluster();
  let applied: Answer;
  beforeAll(async () => {
    cluster.start();
    applied = await cluster.deploy(stack);
  });
  afterAll(() => cluster.stop());

  const objects = manifests.map((each) => [`${each.kind} ${each.metadata.name}`, each] as const);
  test.each(objects)('%s is accepted with every field', (_, { kind, metadata }) => {
    expect(applied).toMatchObject({ status: 0, stderr: '' });
    const { name, namespace: within } = metadata;
    expect(cluster.get(kind, name, within)).toMatchObject({ metadata: { name } });
  });

  test.each(['books-inside', 'books-outside'])(
    'the pods of %s run under Pod Security "restricted"',
    async (name) => {
      const running = await cluster.until(`two running pods of ${name}`, () => {
        const selector = `app.kubernetes.io/name=${name}`;
        const args = ['--namespace', 'books', '--selector', selector, '-o', 'json'];
        const { items } = JSON.parse(cluster.kubectl('get', 'pods', ...args).stdout) as Pods;
        return items.length === 2 && items.every(({ status }) => status.phase === 'Running')
          ? items
          : undefined;
      });
      expect(running[0]!.spec.containers).toHaveLength(1);
    },
  );

  test('is one Service of each kind', () => {
    const type = (name: string) =>
      cluster.get<{ spec: { type: string } }>('service', name, 'books').spec.type;
    expect([type('books-inside'), type('books-outside')]).toEqual(['ClusterIP', 'LoadBalancer']);
  });
});
