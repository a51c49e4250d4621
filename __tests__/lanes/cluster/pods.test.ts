import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { testStack } from '../../synth';
import { Cluster, onCluster } from './cluster';
import { pod, type PodOptions } from './pods';

function namespaces() {
  const stack = testStack();
  new IsolatedNamespace(stack, 'books', {
    name: 'books',
    containerDefaults: { cpu: '125m' },
    quota: { pods: '2', 'requests.memory': '2Gi' },
  });
  new IsolatedNamespace(stack, 'tools', { name: 'tools', podSecurity: 'baseline' });
  return stack;
}

onCluster('an isolated namespace', () => {
  const cluster = new Cluster();
  beforeAll(async () => {
    cluster.start();
    await cluster.deploy(namespaces());
  });
  afterAll(() => cluster.stop());
  afterEach(() => {
    const args = ['--all', '--namespace', 'books', '--grace-period=0', '--force', '--wait=true'];
    cluster.kubectl('delete', 'pods', ...args);
  });

  describe('by its Pod Security Standard', () => {
    test('admits a pod of the standard', () => {
      expect(cluster.create(pod('books', 'plain'), '--dry-run=server')).toMatchObject({
        status: 0,
        stderr: '',
      });
    });

    test.each<[string, PodOptions, string]>([
      [
        'a privileged pod',
        { container: { securityContext: { privileged: true } } },
        'privileged (container "main"',
      ],
      [
        'one in the network of its node',
        { spec: { hostNetwork: true } },
        'host namespaces (hostNetwork=true)',
      ],
      [
        'one as root',
        { spec: { securityContext: { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } } } },
        'runAsUser=0 (pod must not set runAsUser=0)',
      ],
      [
        'one with a folder of its node',
        { spec: { volumes: [{ name: 'node', hostPath: { path: '/' } }] } },
        'restricted volume types (volume "node" uses restricted volume type "hostPath")',
      ],
    ])('refuses %s', (_, options, violation) => {
      const { status, stderr } = cluster.create(pod('books', 'other', options));
      expect(status).toBe(1);
      expect(stderr).toContain('pods "other" is forbidden: violates PodSecurity "restricted:latest": ');
      expect(stderr).toContain(violation);
    });

    test('of "baseline" admits what "restricted" refuses, with a warning, and no more', () => {
      const root = { spec: { securityContext: { runAsUser: 0 } } };
      expect(cluster.create(pod('tools', 'root', root), '--dry-run=server')).toMatchObject({
        status: 0,
        stderr: expect.stringContaining('Warning: would violate PodSecurity "restricted:latest"') as string,
      });
      const { stderr } = cluster.create(
        pod('tools', 'other', { spec: { hostNetwork: true } }),
        '--dry-run=server',
      );
      expect(stderr).toContain('violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)');
    });
  });

  describe('by its quota', () => {
    test('refuses one pod more than it has room for', () => {
      expect(cluster.create(pod('books', 'first')).status).toBe(0);
      expect(cluster.create(pod('books', 'second')).status).toBe(0);
      expect(cluster.create(pod('books', 'third'))).toMatchObject({
        status: 1,
        stderr: expect.stringContaining(
          'exceeded quota: quota, requested: pods=1, used: pods=2, limited: pods=2',
        ) as string,
      });
    });

    test('refuses a pod that asks for more memory than there is', () => {
      const large = { container: { resources: { requests: { memory: '3Gi' }, limits: { memory: '3Gi' } } } };
      expect(cluster.create(pod('books', 'large', large)).stderr).toContain(
        'exceeded quota: quota, requested: requests.memory=3Gi, used: requests.memory=0, limited: requests.memory=2Gi',
      );
    });
  });

  test('gives a container that asks for nothing its defaults', () => {
    const { stdout } = cluster.create(pod('books', 'plain'), '--dry-run=server', '--output=json');
    const defaults = { cpu: '125m', memory: '512Mi' };
    expect(JSON.parse(stdout)).toMatchObject({
      spec: { containers: [{ resources: { requests: defaults, limits: defaults } }] },
    });
  });

  test('leaves a container what it asks for', () => {
    const resources = { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '20m', memory: '32Mi' } };
    const created = cluster.create(
      pod('books', 'small', { container: { resources } }),
      '--dry-run=server',
      '--output=json',
    );
    expect(JSON.parse(created.stdout)).toMatchObject({ spec: { containers: [{ resources }] } });
  });
});
