import { plain, resource, resources, type Json } from '../../synth';
import { type Props, external, stackWith } from './fixtures';

const policies = (props: Props = {}) =>
  resources(stackWith(props), 'kubernetes_network_policy_v1').filter(({ metadata }) =>
    String(metadata!.name).startsWith('books-verified'),
  );

const service = (props: Props) => resource(stackWith(props), 'kubernetes_service_v1');

test('the smallest endpoint connects to its service and to public addresses', () => {
  const egress = policies().find(({ metadata }) => String(metadata!.name) === 'books-verified-egress')!;
  expect(plain(egress)).toMatchInlineSnapshot(`
   {
     "depends_on": [
       "kubernetes_namespace_v1.endpoint-namespace_73D37D37",
     ],
     "metadata": {
       "name": "books-verified-egress",
       "namespace": "books",
     },
     "spec": {
       "egress": [
         {
           "ports": [
             {
               "port": "8000",
               "protocol": "TCP",
             },
           ],
           "to": [
             {
               "pod_selector": {
                 "match_labels": {
                   "app.kubernetes.io/name": "books",
                 },
               },
             },
           ],
         },
         {
           "ports": [
             {
               "port": "443",
               "protocol": "TCP",
             },
           ],
           "to": [
             {
               "ip_block": {
                 "cidr": "0.0.0.0/0",
                 "except": [
                   "10.0.0.0/8",
                   "100.64.0.0/10",
                   "169.254.0.0/16",
                   "172.16.0.0/12",
                   "192.168.0.0/16",
                 ],
               },
             },
           ],
         },
       ],
       "pod_selector": {
         "match_labels": {
           "app.kubernetes.io/name": "books-verified",
         },
       },
       "policy_types": [
         "Egress",
       ],
     },
   }
  `);
});

test('an internal load balancer is open to the ranges that are named, in the firewall and in the policy', () => {
  const props = { exposure: 'internal', allowedRanges: ['10.8.0.0/16'], globalAccess: true };
  const { metadata, spec } = service(props);
  expect(metadata!.annotations).toEqual({
    'cdktf-multicloud.dev/reason': 'state machines ask for books',
    'networking.gke.io/load-balancer-type': 'Internal',
    'networking.gke.io/internal-load-balancer-allow-global-access': 'true',
  });
  expect(spec).toMatchObject({
    type: 'LoadBalancer',
    external_traffic_policy: 'Local',
    load_balancer_source_ranges: ['10.8.0.0/16'],
    port: [{ port: 80, target_port: '8443' }],
  });
  const names = policies(props).map(({ metadata }) => metadata!.name);
  expect(names.sort()).toEqual([
    'books-verified-egress',
    'books-verified-from-ranges',
    'books-verified-to-service',
  ]);
});

test('an external one speaks TLS with the certificate of the Secret', () => {
  const stack = stackWith(external);
  const { metadata, spec } = resource(stack, 'kubernetes_service_v1');
  expect(metadata!.annotations).toMatchObject({ 'cloud.google.com/l4-rbs': 'enabled' });
  expect(spec).toMatchObject({ type: 'LoadBalancer', port: [{ port: 443 }] });
  const data = resource(stack, 'kubernetes_config_map_v1').data as unknown as Record<string, string>;
  expect(Object.keys(data)).toEqual(['envoy.yaml', 'certificate.yaml']);
  expect(JSON.parse(data['certificate.yaml']!)).toMatchObject({
    resources: [{ tls_certificate: { private_key: { filename: '/etc/envoy-certificate/tls.key' } } }],
  });
  const pod = resource(stack, 'kubernetes_deployment_v1').spec!.template!.spec!;
  expect(pod.volume).toContainEqual({
    name: 'certificate',
    secret: { secret_name: 'books-tls', default_mode: '0440' },
  });
  expect((pod.container as unknown as Json[])[0]!.readiness_probe).toMatchObject({
    http_get: { path: '/healthz', scheme: 'HTTPS' },
  });
});

test('namespaces and ranges may connect side by side', () => {
  const both = policies({ allowedNamespaces: ['shop', 'tools'], allowedRanges: ['35.191.0.0/16'] });
  expect(both.map(({ metadata }) => metadata!.name).sort()).toEqual([
    'books-verified-egress',
    'books-verified-from-namespace-0',
    'books-verified-from-namespace-1',
    'books-verified-from-ranges',
    'books-verified-to-service',
  ]);
});
