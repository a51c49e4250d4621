import { bookshop } from './bookshop';
import { Cluster, onCluster } from './cluster';
import { initContainer, pod, type PodOptions } from './pods';

const POLICY = 'books-accelerators-nvidia-com-gpu';
const asking = (count: number, ...as: ('limits' | 'requests')[]) => ({
  resources: Object.fromEntries(as.map((each) => [each, { 'nvidia.com/gpu': String(count) }])),
});
const labels = { accelerators: 'allowed' };
const ranker = { serviceAccountName: 'ranker' };

onCluster('accelerators of a namespace', () => {
  const cluster = new Cluster();
  const tryOut = (options: PodOptions, namespace = 'books') =>
    cluster.create(pod(namespace, 'tried', options), '--dry-run=server');
  const denied = (sentence: string) => ({
    status: 1,
    stderr: expect.stringContaining(
      `pods "tried" is forbidden: ValidatingAdmissionPolicy '${POLICY}' with binding '${POLICY}' denied request: ${sentence}\n`,
    ) as string,
  });
  const admitted = { status: 0, stderr: '' };
  const notCarried = denied('pods that ask for nvidia.com/gpu carry accelerators=allowed');

  beforeAll(async () => {
    cluster.start();
    await cluster.deploy(bookshop());
    const refused = () => (tryOut({ container: asking(1, 'limits') }).status === 0 ? undefined : true);
    // The API server takes a moment to compile a new policy; until then it admits everything.
    await cluster.until('the policy in force', refused);
  });
  afterAll(() => cluster.stop());

  test.each<[string, PodOptions]>([
    ['its container, by limits', { container: asking(1, 'limits') }],
    ['its container, by limits and requests', { container: asking(1, 'limits', 'requests') }],
    ['an init container, by limits', { spec: { initContainers: [initContainer(asking(1, 'limits'))] } }],
    [
      'an init container, by limits and requests',
      { spec: { initContainers: [initContainer(asking(1, 'limits', 'requests'))] } },
    ],
    [
      'a pod with another value of the label',
      { labels: { accelerators: 'no' }, container: asking(1, 'limits') },
    ],
  ])('are refused without the label to %s', (_, options) => {
    expect(tryOut(options)).toMatchObject(notCarried);
  });

  test('asked for by requests alone never come as far as the policy', () => {
    expect(tryOut({ container: asking(1, 'requests') })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Limit must be set for non overcommitable resources') as string,
    });
  });

  test.each([
    ['another account', { serviceAccountName: 'web' }],
    ['the default account', {}],
  ])('are refused with the label to %s', (_, spec) => {
    expect(tryOut({ labels, spec, container: asking(1, 'limits') })).toMatchObject(
      denied('pods that carry accelerators=allowed run as the service account ranker'),
    );
  });

  test.each([
    ['serviceAccountName', ranker],
    ['the old name of that field', { serviceAccount: 'ranker' }],
  ])('keep their account to themselves, by %s', (_, spec) => {
    expect(tryOut({ spec })).toMatchObject(
      denied('only pods that carry accelerators=allowed run as the service account ranker'),
    );
  });

  test.each<[string, PodOptions]>([
    ['with accelerators', { container: asking(1, 'limits') }],
    ['that asks for none', {}],
    ['whose init container asks', { spec: { initContainers: [initContainer(asking(1, 'limits'))] } }],
  ])('are open to a pod with the label and the account %s', (_, options) => {
    expect(tryOut({ labels, ...options, spec: { ...ranker, ...options.spec } })).toMatchObject(admitted);
  });

  test('are no matter of a pod that has neither label nor accelerators', () => {
    expect(tryOut({})).toMatchObject(admitted);
    expect(tryOut({ spec: { serviceAccountName: 'web' } })).toMatchObject(admitted);
  });

  test.each(['shop', 'default'])('are no matter of the namespace %s', (namespace) => {
    expect(tryOut({ container: asking(1, 'limits') }, namespace)).toMatchObject(admitted);
    expect(tryOut({ labels }, namespace)).toMatchObject(admitted);
  });

  test('are shared: what is left of the quota can be had, and no more', async () => {
    const gpus = 'requests.nvidia.com/gpu';
    // One is taken by the Deployment of the stack, whose pod the policy has to admit for that.
    await cluster.until('the pod of the Deployment counted', () => {
      const { status } = cluster.get<{ status: { used: Record<string, string> } }>(
        'resourcequota',
        'accelerators-nvidia-com-gpu',
        'books',
      );
      return status.used[gpus] === '1' ? true : undefined;
    });
    const training = (name: string, count: number) =>
      cluster.create(pod('books', name, { labels, spec: ranker, container: asking(count, 'limits') }));
    expect(training('two', 2)).toMatchObject(admitted);
    expect(training('one-more', 1)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        `exceeded quota: accelerators-nvidia-com-gpu, requested: ${gpus}=1, used: ${gpus}=3, limited: ${gpus}=3`,
      ) as string,
    });
  });
});
