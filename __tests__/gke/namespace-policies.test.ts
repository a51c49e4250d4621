import { resource, resources, testStack } from '../synth';
import { namespace, policy } from './namespace-fixtures';

describe('a namespace', () => {
  test.each([
    ['private', '199.36.153.8/30'],
    ['restricted', '199.36.153.4/30'],
  ])('reaches Google APIs by their %s addresses alone', (googleApis, cidr) => {
    const stack = testStack();
    namespace(stack, { googleApis });
    expect(policy(stack, 'allow-google-apis')).toEqual({
      policy_types: ['Egress'],
      pod_selector: {},
      egress: [{ to: [{ ip_block: { cidr } }], ports: [{ port: '443', protocol: 'TCP' }] }],
    });
  });

  test('reaches no Google API where none is allowed', () => {
    const stack = testStack();
    namespace(stack, { googleApis: 'none' });
    expect(resources(stack, 'kubernetes_network_policy_v1').map(({ metadata }) => metadata!.name)).toEqual([
      'default-deny',
      'allow-dns',
      'allow-metadata-server',
    ]);
  });

  test.each(['restricted', 'baseline', 'privileged'])(
    'is held to the standard %s and warns of the strictest',
    (level) => {
      const stack = testStack();
      namespace(stack, { podSecurity: level });
      expect(resource(stack, 'kubernetes_namespace_v1').metadata!.labels).toEqual({
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      });
    },
  );

  test('cannot be opened by a label of the standard', () => {
    const stack = testStack();
    namespace(stack, { labels: { team: 'books', 'pod-security.kubernetes.io/enforce': 'privileged' } });
    expect(resource(stack, 'kubernetes_namespace_v1').metadata!.labels).toMatchObject({
      team: 'books',
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  test.each([
    'requests.cpu',
    'limits.memory',
    'requests.nvidia.com/gpu',
    'count/jobs.batch',
    'services.loadbalancers',
    'standard-rwo.storageclass.storage.k8s.io/requests.storage',
    'hugepages-2Mi',
  ])('may limit %s', (key) => {
    const stack = testStack();
    namespace(stack, { quota: { [key]: '4' } });
    expect(resource(stack, 'kubernetes_resource_quota_v1').spec!.hard).toEqual({ [key]: '4' });
  });
});
