import { TerraformVariable } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { Workload } from '../../../lib/gke/workload';
import { byAddress, plain, problems, resource, sibling, testStack } from '../../synth';
import { AUDIENCE, endpointIn, external, image, stackWith } from './fixtures';

test('the smallest endpoint is Envoy with its configuration, a Service, a disruption budget and policies', () => {
  const stack = stackWith();
  expect(Object.keys(byAddress(stack)).filter((address) => address.includes('.endpoint_')))
    .toMatchInlineSnapshot(`
   [
     "kubernetes_config_map_v1.endpoint_configuration_D7A4D65A",
     "kubernetes_service_account_v1.endpoint_service-account_C4863525",
     "kubernetes_deployment_v1.endpoint_deployment_57A59C0C",
     "kubernetes_pod_disruption_budget_v1.endpoint_disruption-budget_CE2C7D91",
     "kubernetes_service_v1.endpoint_service_8BDC5E6B",
     "kubernetes_network_policy_v1.endpoint_egress_FA94EECA",
   ]
  `);
  expect(plain(resource(stack, 'kubernetes_service_v1'))).toMatchInlineSnapshot(`
   {
     "depends_on": [
       "kubernetes_namespace_v1.endpoint-namespace_73D37D37",
     ],
     "metadata": {
       "annotations": {
         "cdktf-multicloud.dev/reason": "state machines ask for books",
       },
       "labels": {
         "app.kubernetes.io/name": "books-verified",
       },
       "name": "books-verified",
       "namespace": "books",
     },
     "spec": {
       "port": [
         {
           "name": "main",
           "port": 80,
           "protocol": "TCP",
           "target_port": "8443",
         },
       ],
       "selector": {
         "app.kubernetes.io/name": "books-verified",
       },
       "type": "ClusterIP",
     },
   }
  `);
  expect(plain(resource(stack, 'kubernetes_pod_disruption_budget_v1'))).toMatchInlineSnapshot(`
   {
     "depends_on": [
       "kubernetes_namespace_v1.endpoint-namespace_73D37D37",
     ],
     "metadata": {
       "labels": {
         "app.kubernetes.io/name": "books-verified",
       },
       "name": "books-verified",
       "namespace": "books",
     },
     "spec": {
       "max_unavailable": "1",
       "selector": {
         "match_labels": {
           "app.kubernetes.io/name": "books-verified",
         },
       },
     },
   }
  `);
});

test('callers are shown the url, the audience and the labels', () => {
  const endpoint = endpointIn(testStack());
  expect(endpoint.url).toBe('http://books-verified.books.svc.cluster.local');
  expect(endpoint.audiences).toEqual([AUDIENCE, AUDIENCE]);
  expect(endpoint.serviceName).toBe('books-verified');
  expect(endpoint.podLabels).toEqual({ 'app.kubernetes.io/name': 'books-verified' });
  expect(endpoint.address).toBeUndefined();
});

test('a Workload is taken as it is, and one of its name is refused', () => {
  const stack = testStack();
  const namespace = new IsolatedNamespace(stack, 'books', { name: 'books' });
  const identity = GkeCluster.fromAttributes(stack, 'cluster', {
    project: { id: 'my-project', number: '1' },
    name: 'main',
    location: 'us-central1',
  }).addWorkloadIdentity('books', { namespace: 'books', serviceAccountName: 'books', reason: 'lends books' });
  const books = new Workload(stack, 'workload', { name: 'books', identity, image, port: 8000 });
  const its = { namespace, service: { workload: books, port: 8000 } };
  endpointIn(stack, its);
  expect(problems(() => endpointIn(stack, { ...its, name: 'books' }, 'other')).name).toMatchObject({
    rule: 'be unique among the workloads of the namespace books in this stack',
  });
  expect(problems(() => endpointIn(stack, its, 'again')).name).toBeDefined();
});

test('the endpoint may be in another stack than its namespace', () => {
  const stack = testStack();
  const namespace = new IsolatedNamespace(stack, 'books', { name: 'books' });
  const other = sibling(stack, 'endpoints');
  endpointIn(other, { namespace });
  expect(other.dependencies).toContain(stack);
});

test('names that only Terraform knows are passed on', () => {
  const stack = testStack();
  const secret = new TerraformVariable(stack, 'secret', { type: 'string' }).stringValue;
  expect(() =>
    endpointIn(stack, { ...external, tlsSecretName: secret, loadBalancerIp: secret, hostName: secret }),
  ).not.toThrow();
});
