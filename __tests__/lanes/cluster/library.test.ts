import { synthesized } from '../../synth';
import { bookshop } from './bookshop';
import { Cluster, onCluster } from './cluster';
import type { Answer } from './control-plane';
import { manifestsOf } from './manifests';

interface Pod {
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly { readonly env: readonly object[] }[];
  };
  readonly status: { readonly phase: string };
}

const stack = bookshop();
const manifests = manifestsOf(synthesized(stack));
const objects = manifests.map((manifest) => {
  const { name, namespace } = manifest.metadata;
  return [`${manifest.kind} ${[namespace, name].filter(Boolean).join('/')}`, manifest] as const;
});

onCluster('what the library makes', () => {
  const cluster = new Cluster();
  let applied: Answer;
  beforeAll(async () => {
    cluster.start();
    applied = await cluster.deploy(stack);
  });
  afterAll(() => cluster.stop());

  const runningPods = (namespace: string, workload: string) =>
    cluster.until(`a running pod of ${workload}`, () => {
      const args = [
        '--namespace',
        namespace,
        '--selector',
        `app.kubernetes.io/name=${workload}`,
        '-o',
        'json',
      ];
      const { items } = JSON.parse(cluster.kubectl('get', 'pods', ...args).stdout) as { items: Pod[] };
      return items.length > 0 && items.every(({ status }) => status.phase === 'Running') ? items : undefined;
    });

  test('is of all these kinds', () => {
    expect([...new Set(manifests.map(({ kind }) => kind))].sort()).toEqual([
      'Deployment',
      'HorizontalPodAutoscaler',
      'LimitRange',
      'Namespace',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'ResourceQuota',
      'Role',
      'RoleBinding',
      'Service',
      'ServiceAccount',
      'ValidatingAdmissionPolicy',
      'ValidatingAdmissionPolicyBinding',
    ]);
  });

  test('is accepted by an API server that refuses unknown fields, without a warning', () => {
    expect(applied.stderr).toBe('');
    expect(applied.stdout.trim().split('\n')).toHaveLength(manifests.length);
  });

  test('would be refused with a field that the API does not have', () => {
    const [namespace] = manifests;
    const misspelt = { ...namespace!, metadata: { ...namespace!.metadata, lables: {} } };
    expect(cluster.apply([misspelt], '--dry-run=server')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        'ValidationError(Namespace.metadata): unknown field "lables"',
      ) as string,
    });
  });

  test.each(objects)('%s is stored as it was synthesized', (_, manifest) => {
    const { kind, metadata } = manifest;
    expect(cluster.get(kind, metadata.name, metadata.namespace)).toMatchObject(manifest);
  });

  test('runs: the pods of the Deployments are admitted, scheduled and started', async () => {
    const [pod] = await runningPods('books', 'web');
    expect(pod!.spec.serviceAccountName).toBe('web');
    expect(await runningPods('shop', 'web')).toHaveLength(2);
  });

  test('tells a pod its REQUEST_REASON, made of its namespace and name', async () => {
    const [pod] = await runningPods('books', 'web');
    const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath } } });
    // Kubernetes puts in only those variables that stand before the one that names them.
    expect(pod!.spec.containers[0]!.env).toEqual([
      { name: 'GREETING', value: 'costs ${5}' },
      { name: 'POD_NAMESPACE', ...field('metadata.namespace') },
      { name: 'POD_NAME', ...field('metadata.name') },
      {
        name: 'REQUEST_REASON',
        value: 'service=web;pod=$(POD_NAMESPACE)/$(POD_NAME);reason=shows the shelf',
      },
    ]);
  });

  test('has no type errors in the expressions of its admission policies', async () => {
    const checked = await cluster.until('a checked policy', () => {
      const name = 'books-accelerators-nvidia-com-gpu';
      const policy = cluster.get<{ status?: { typeChecking?: object } }>('validatingadmissionpolicy', name);
      return policy.status?.typeChecking;
    });
    expect(checked).toEqual({});
  });
});
