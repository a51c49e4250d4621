import { plain, resource, type Json } from '../../synth';
import { type Props, google, stackWith } from './fixtures';

const container = (props: Props = {}) => {
  const { spec } = resource(stackWith(props), 'kubernetes_deployment_v1').spec!.template!;
  return (spec!.container as unknown as Json[])[0]!;
};

test('the smallest pod is hardened, spread, and drained before it stops', () => {
  expect(plain(resource(stackWith(), 'kubernetes_deployment_v1'))).toMatchInlineSnapshot(`
   {
     "//": {
       "acknowledged": {
         "plainHttp": "the namespace is on nodes of its own",
       },
     },
     "depends_on": [
       "kubernetes_config_map_v1.endpoint_configuration_D7A4D65A",
       "kubernetes_service_account_v1.endpoint_service-account_C4863525",
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
             "cdktf-multicloud.dev/configuration": "9dd4ca546bae9eb9",
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
           "service_account_name": "books-verified-envoy",
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
   }
  `);
});

test('a change of the configuration makes new pods, the same one does not', () => {
  const hash = (props: Props) =>
    resource(stackWith(props), 'kubernetes_deployment_v1').spec!.template!.metadata!.annotations!;
  expect(hash({})).toEqual(hash({}));
  expect(hash({})).not.toEqual(hash({ callers: [google] }));
  expect(hash({})).not.toEqual(hash({ limits: { requestBytes: 5 } }));
});

test('a pod has as long to stop as a request may take', () => {
  const grace = (timeoutSeconds: number) =>
    resource(stackWith({ limits: { timeoutSeconds } }), 'kubernetes_deployment_v1').spec!.template!.spec!
      .termination_grace_period_seconds;
  expect(grace(60)).toBe(75);
  expect(grace(900)).toBe(580);
});

test('what is asked for is what the pod gets', () => {
  const { resources } = container({ resources: { cpu: '1', memory: '1Gi' } });
  expect(resources).toEqual({
    limits: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '256Mi' },
    requests: { cpu: '1', memory: '1Gi', 'ephemeral-storage': '256Mi' },
  });
});

const RESTARTED = 'spec[0].template[0].metadata[0].annotations["kubectl.kubernetes.io/restartedAt"]';
const POD = 'spec[0].template[0].spec[0]';
const spotTaint = { key: 'cloud.google.com/gke-spot', value: 'true', effect: 'NoSchedule' };

test.each<[string, Props, string[]]>([
  ['no further props', {}, [RESTARTED, `${POD}.toleration`]],
  ['tolerations, which stay as given', { tolerations: [spotTaint] }, [RESTARTED]],
  [
    'resources that the cluster adjusts',
    { resources: { adjustedByCluster: true } },
    [RESTARTED, `${POD}.toleration`, `${POD}.container[0].resources`],
  ],
])('keeps what others write into the pods, with %s', (_, props, ignored) => {
  expect(resource(stackWith(props), 'kubernetes_deployment_v1').lifecycle).toEqual({
    ignore_changes: ignored,
  });
});

test('the pods run on the selected nodes and tolerate their taints', () => {
  const nodeSelector = { 'cloud.google.com/gke-spot': 'true' };
  const { spec } = resource(stackWith({ nodeSelector, tolerations: [spotTaint] }), 'kubernetes_deployment_v1')
    .spec!.template!;
  expect(spec!.node_selector).toEqual(nodeSelector);
  expect(spec!.toleration).toEqual([spotTaint]);
});
