import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { Workload } from '../../../lib/gke/workload';
import { byAddress, problems, sibling, testStack } from '../../synth';
import { AUDIENCE, endpointIn, external, image, stackWith } from './fixtures';

const own = (stack: TerraformStack) =>
  Object.fromEntries(
    Object.entries(byAddress(stack)).filter(
      ([address]) => address.includes('endpoint_') && !address.includes('endpoint-namespace'),
    ),
  );

test('the smallest endpoint is Envoy with its configuration, a Service, a disruption budget and policies', () => {
  const made = Object.entries(own(stackWith()));
  const rest = made.filter(([address]) => !address.startsWith('kubernetes_config_map_v1.'));
  expect(made).toHaveLength(rest.length + 1);
  expect(Object.fromEntries(rest)).toMatchInlineSnapshot(`
   {
     "kubernetes_deployment_v1.endpoint_deployment_57A59C0C": {
       "//": {
         "acknowledged": {
           "plainHttp": "the namespace is on nodes of its own",
         },
       },
       "depends_on": [
         "kubernetes_config_map_v1.endpoint_configuration_D7A4D65A",
         "kubernetes_namespace_v1.endpoint-namespace_73D37D37",
       ],
       "lifecycle": {
         "ignore_changes": [
           "spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]",
           "spec[0].template[0].spec[0].toleration",
         ],
       },
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
         "replicas": "2",
         "selector": {
           "match_labels": {
             "app.kubernetes.io/name": "books-verified",
           },
         },
         "strategy": {
           "rolling_update": {
             "max_surge": "25%",
             "max_unavailable": "0",
           },
           "type": "RollingUpdate",
         },
         "template": {
           "metadata": {
             "annotations": {
               "cdktf-multicloud.dev/configuration": "82d3e548091b274a",
             },
             "labels": {
               "app.kubernetes.io/name": "books-verified",
             },
           },
           "spec": {
             "automount_service_account_token": false,
             "container": [
               {
                 "args": [
                   "--config-path",
                   "/etc/envoy/envoy.yaml",
                   "--concurrency",
                   "2",
                   "--log-level",
                   "warning",
                   "--disable-hot-restart",
                 ],
                 "command": [
                   "/usr/local/bin/envoy",
                 ],
                 "image": "envoyproxy/envoy:distroless-v1.40.0@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                 "lifecycle": {
                   "pre_stop": [
                     {
                       "http_get": {
                         "path": "/drain",
                         "port": "9090",
                         "scheme": "HTTP",
                       },
                     },
                   ],
                 },
                 "liveness_probe": {
                   "http_get": {
                     "path": "/healthz",
                     "port": "8443",
                     "scheme": "HTTP",
                   },
                   "period_seconds": 10,
                 },
                 "name": "envoy",
                 "port": [
                   {
                     "container_port": 8443,
                     "name": "main",
                     "protocol": "TCP",
                   },
                 ],
                 "readiness_probe": {
                   "http_get": {
                     "path": "/healthz",
                     "port": "8443",
                     "scheme": "HTTP",
                   },
                   "period_seconds": 5,
                 },
                 "resources": {
                   "limits": {
                     "cpu": "500m",
                     "ephemeral-storage": "256Mi",
                     "memory": "512Mi",
                   },
                   "requests": {
                     "cpu": "500m",
                     "ephemeral-storage": "256Mi",
                     "memory": "512Mi",
                   },
                 },
                 "security_context": {
                   "allow_privilege_escalation": false,
                   "capabilities": {
                     "drop": [
                       "ALL",
                     ],
                   },
                   "privileged": false,
                   "read_only_root_filesystem": true,
                   "run_as_non_root": true,
                 },
                 "startup_probe": {
                   "failure_threshold": 30,
                   "http_get": {
                     "path": "/healthz",
                     "port": "8443",
                     "scheme": "HTTP",
                   },
                   "period_seconds": 2,
                 },
                 "volume_mount": [
                   {
                     "mount_path": "/etc/envoy",
                     "name": "configuration",
                     "read_only": true,
                   },
                 ],
               },
             ],
             "dns_config": {
               "option": [
                 {
                   "name": "ndots",
                   "value": "1",
                 },
               ],
             },
             "enable_service_links": false,
             "security_context": {
               "fs_group": "10001",
               "run_as_group": "10001",
               "run_as_non_root": true,
               "run_as_user": "10001",
               "seccomp_profile": {
                 "type": "RuntimeDefault",
               },
             },
             "termination_grace_period_seconds": 75,
             "topology_spread_constraint": [
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app.kubernetes.io/name": "books-verified",
                     },
                   },
                 ],
                 "max_skew": 1,
                 "topology_key": "topology.kubernetes.io/zone",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
               {
                 "label_selector": [
                   {
                     "match_labels": {
                       "app.kubernetes.io/name": "books-verified",
                     },
                   },
                 ],
                 "max_skew": 1,
                 "topology_key": "kubernetes.io/hostname",
                 "when_unsatisfiable": "ScheduleAnyway",
               },
             ],
             "volume": [
               {
                 "config_map": {
                   "name": "books-verified-envoy",
                 },
                 "name": "configuration",
               },
             ],
           },
         },
       },
     },
     "kubernetes_network_policy_v1.endpoint_egress_FA94EECA": {
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
     },
     "kubernetes_pod_disruption_budget_v1.endpoint_disruption-budget_CE2C7D91": {
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
     },
     "kubernetes_service_v1.endpoint_service_8BDC5E6B": {
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
