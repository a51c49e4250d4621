import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Defaults } from '../../lib/defaults';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import { addresses, refusal, resource, synthesized, testStack } from '../synth';

test('an imported namespace creates nothing by itself', () => {
  const stack = testStack();
  const namespace = IsolatedNamespace.fromName(stack, 'shop', 'shop');
  expect(namespace.name).toBe('shop');
  expect(namespace.dependenciesIn(stack)).toEqual([]);
  expect(synthesized(stack).resource).toBeUndefined();
});

test('allowIngress and allowEgress add one NetworkPolicy each', () => {
  const stack = testStack();
  const namespace = IsolatedNamespace.fromName(stack, 'shop', 'shop');
  namespace.allowIngress('from-gateway', { to: { app: 'web' }, ports: [8080], fromNamespace: 'gateway' });
  namespace.allowEgress('to-database', { cidrs: ['10.9.0.0/24'], ports: [5432] });
  expect(addresses(synthesized(stack)).filter((each) => each.startsWith('kubernetes_'))).toEqual([
    'kubernetes_network_policy_v1.shop_egress-to-database_F20D1EF6',
    'kubernetes_network_policy_v1.shop_ingress-from-gateway_5A09F56C',
  ]);
});

test('the policy has the provider of Defaults and waits for nothing', () => {
  const stack = testStack();
  const kubernetesProvider = new KubernetesProvider(stack, 'other-cluster', { alias: 'shop' });
  Defaults.of(stack).set({ kubernetesProvider });
  IsolatedNamespace.fromName(stack, 'shop', 'shop').allowEgress('out', {
    cidrs: ['10.0.0.1/32'],
    ports: [443],
  });
  const policy = resource(stack, 'kubernetes_network_policy_v1');
  expect(policy).toMatchObject({ provider: 'kubernetes.shop', metadata: { name: 'out', namespace: 'shop' } });
  expect(policy).not.toHaveProperty('depends_on');
});

test.each<[string, string, string]>([
  [
    'a name in capitals',
    'Shop',
    'name must be a DNS label: 1 to 63 lower-case letters, digits and hyphens, starting and ending with a letter or digit (got "Shop"). Use "shop".',
  ],
  [
    'a system namespace',
    'kube-system',
    'name must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
  ],
])('%s is rejected', (_, name, message) => {
  expect(refusal(() => IsolatedNamespace.fromName(testStack(), 'it', name)).message).toBe(
    `prod/it: ${message}`,
  );
});

test('a second policy of one name is rejected', () => {
  const namespace = IsolatedNamespace.fromName(testStack(), 'shop', 'shop');
  namespace.allowEgress('out', { cidrs: ['10.0.0.1/32'], ports: [443] });
  expect(refusal(() => namespace.allowIngress('out', { to: { app: 'web' }, ports: [443] })).message).toBe(
    'prod/shop/ingress-out: id must be unique among the NetworkPolicies of the namespace (got "out"). Choose another name.',
  );
});
