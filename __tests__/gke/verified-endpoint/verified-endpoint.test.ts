import { TerraformVariable, type TerraformStack } from 'cdktf';
import { GkeCluster } from '../../../lib/gke/gke-cluster';
import { EndpointCallers } from '../../../lib/identity/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { Workload } from '../../../lib/gke/workload';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import type { VerifiedEndpointProps } from '../../../lib/gke/verified-endpoint/verified-endpoint-props';
import {
  byAddress,
  problems,
  refusal,
  resource,
  resources,
  sibling,
  testStack,
  type Json,
} from '../../synth';

type Props = Partial<Record<keyof VerifiedEndpointProps, unknown>>;

const AUDIENCE = 'https://books.example.com';
const EMAIL = 'bridge@my-project.iam.gserviceaccount.com';
const ISSUER = 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws';
const ROLE = 'arn:aws:iam::123456789012:role/etl-bridge';
const google = EndpointCallers.google({ audience: AUDIENCE, serviceAccountEmails: [EMAIL] });
const aws = EndpointCallers.aws({ issuer: ISSUER, audience: AUDIENCE, roleArns: [ROLE] });
const workload = {
  namespace: 'books',
  serviceHost: 'books.books.svc.cluster.local',
  podLabels: { 'app.kubernetes.io/name': 'books' },
};
const image = `envoyproxy/envoy:distroless-v1.40.0@sha256:${'0'.repeat(64)}`;
const plainHttp = 'the namespace is on nodes of its own';

function endpointIn(stack: TerraformStack, props: Props = {}, name = 'endpoint'): VerifiedEndpoint {
  const namespace =
    props.namespace ??
    new IsolatedNamespace(stack, `${name}-namespace`, { name: 'books', googleApis: 'none' });
  return new VerifiedEndpoint(stack, name, {
    name: 'books-verified',
    namespace,
    service: { workload, port: 8000 },
    callers: [google, aws],
    image,
    exposure: 'cluster',
    acknowledge: { plainHttp },
    reason: 'state machines ask for books',
    ...props,
  } as VerifiedEndpointProps);
}
const external: Props = {
  exposure: 'external',
  allowedRanges: ['0.0.0.0/0'],
  tlsSecretName: 'books-tls',
  hostName: 'books.example.com',
  acknowledge: undefined,
};
function stackWith(props: Props = {}): TerraformStack {
  const stack = testStack();
  endpointIn(stack, props);
  return stack;
}
const refused = (props: Props) => problems(() => endpointIn(testStack(), props));
const configuration = (props: Props = {}) => {
  const data = resource(stackWith(props), 'kubernetes_config_map_v1').data as unknown as Record<
    string,
    string
  >;
  return JSON.parse(data['envoy.yaml']!) as Record<string, never>;
};
const own = (stack: TerraformStack) =>
  Object.fromEntries(
    Object.entries(byAddress(stack)).filter(
      ([address]) => address.includes('endpoint_') && !address.includes('endpoint-namespace'),
    ),
  );
const policies = (props: Props) =>
  resources(stackWith(props), 'kubernetes_network_policy_v1').filter(({ metadata }) =>
    String(metadata!.name).startsWith('books-verified'),
  );
const service = (props: Props) => resource(stackWith(props), 'kubernetes_service_v1');
const container = (props: Props = {}) => {
  const { spec } = resource(stackWith(props), 'kubernetes_deployment_v1').spec!.template!;
  return (spec!.container as unknown as Json[])[0]!;
};

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

test('Envoy is told whom to let in, and nothing else', () => {
  expect(configuration({ callers: [google, aws], paths: ['/v1'], methods: ['POST'] })).toMatchInlineSnapshot(`
   {
     "node": {
       "cluster": "books",
       "id": "books-verified",
     },
     "overload_manager": {
       "resource_monitors": [
         {
           "name": "envoy.resource_monitors.global_downstream_max_connections",
           "typed_config": {
             "@type": "type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig",
             "max_active_downstream_connections": 10000,
           },
         },
       ],
     },
     "static_resources": {
       "clusters": [
         {
           "circuit_breakers": {
             "thresholds": [
               {
                 "max_connections": 256,
                 "max_pending_requests": 256,
                 "max_requests": 256,
               },
             ],
           },
           "connect_timeout": "5s",
           "dns_lookup_family": "V4_ONLY",
           "load_assignment": {
             "cluster_name": "service",
             "endpoints": [
               {
                 "lb_endpoints": [
                   {
                     "endpoint": {
                       "address": {
                         "socket_address": {
                           "address": "books.books.svc.cluster.local",
                           "port_value": 80,
                         },
                       },
                     },
                   },
                 ],
               },
             ],
           },
           "name": "service",
           "type": "STRICT_DNS",
         },
         {
           "connect_timeout": "5s",
           "dns_lookup_family": "V4_ONLY",
           "load_assignment": {
             "cluster_name": "jwks-www.googleapis.com",
             "endpoints": [
               {
                 "lb_endpoints": [
                   {
                     "endpoint": {
                       "address": {
                         "socket_address": {
                           "address": "www.googleapis.com",
                           "port_value": 443,
                         },
                       },
                     },
                   },
                 ],
               },
             ],
           },
           "name": "jwks-www.googleapis.com",
           "transport_socket": {
             "name": "envoy.transport_sockets.tls",
             "typed_config": {
               "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
               "common_tls_context": {
                 "tls_params": {
                   "tls_minimum_protocol_version": "TLSv1_2",
                 },
                 "validation_context": {
                   "match_typed_subject_alt_names": [
                     {
                       "matcher": {
                         "exact": "www.googleapis.com",
                       },
                       "san_type": "DNS",
                     },
                   ],
                   "trusted_ca": {
                     "filename": "/etc/ssl/certs/ca-certificates.crt",
                   },
                 },
               },
               "sni": "www.googleapis.com",
             },
           },
           "type": "STRICT_DNS",
         },
         {
           "connect_timeout": "5s",
           "dns_lookup_family": "V4_ONLY",
           "load_assignment": {
             "cluster_name": "jwks-0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
             "endpoints": [
               {
                 "lb_endpoints": [
                   {
                     "endpoint": {
                       "address": {
                         "socket_address": {
                           "address": "0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
                           "port_value": 443,
                         },
                       },
                     },
                   },
                 ],
               },
             ],
           },
           "name": "jwks-0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
           "transport_socket": {
             "name": "envoy.transport_sockets.tls",
             "typed_config": {
               "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext",
               "common_tls_context": {
                 "tls_params": {
                   "tls_minimum_protocol_version": "TLSv1_2",
                 },
                 "validation_context": {
                   "match_typed_subject_alt_names": [
                     {
                       "matcher": {
                         "exact": "0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
                       },
                       "san_type": "DNS",
                     },
                   ],
                   "trusted_ca": {
                     "filename": "/etc/ssl/certs/ca-certificates.crt",
                   },
                 },
               },
               "sni": "0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
             },
           },
           "type": "STRICT_DNS",
         },
       ],
       "listeners": [
         {
           "address": {
             "socket_address": {
               "address": "0.0.0.0",
               "port_value": 8443,
             },
           },
           "filter_chains": [
             {
               "filters": [
                 {
                   "name": "envoy.filters.network.http_connection_manager",
                   "typed_config": {
                     "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                     "access_log": [
                       {
                         "filter": {
                           "not_health_check_filter": {},
                         },
                         "name": "envoy.access_loggers.stdout",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
                           "log_format": {
                             "json_format": {
                               "bytes_received": "%BYTES_RECEIVED%",
                               "bytes_sent": "%BYTES_SENT%",
                               "caller": "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:google-0:email)%%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:aws-1:sub)%",
                               "client": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
                               "duration_ms": "%DURATION%",
                               "flags": "%RESPONSE_FLAGS%",
                               "issuer": "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:google-0:iss)%%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:aws-1:iss)%",
                               "method": "%REQ(:METHOD)%",
                               "path": "%PATH(NQ)%",
                               "reason": "%RESPONSE_CODE_DETAILS%",
                               "request_id": "%REQ(X-REQUEST-ID)%",
                               "run_id": "%REQ(X-RUN-ID)%",
                               "status": "%RESPONSE_CODE%",
                               "time": "%START_TIME%",
                             },
                             "omit_empty_values": true,
                           },
                         },
                       },
                     ],
                     "common_http_protocol_options": {
                       "headers_with_underscores_action": "DROP_HEADER",
                       "idle_timeout": "300s",
                       "max_requests_per_connection": 1000,
                     },
                     "http2_protocol_options": {
                       "initial_connection_window_size": 1048576,
                       "initial_stream_window_size": 65536,
                       "max_concurrent_streams": 100,
                     },
                     "http_filters": [
                       {
                         "name": "envoy.filters.http.health_check",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.health_check.v3.HealthCheck",
                           "headers": [
                             {
                               "name": ":path",
                               "string_match": {
                                 "exact": "/healthz",
                               },
                             },
                           ],
                           "pass_through_mode": false,
                         },
                       },
                       {
                         "name": "remove-caller-header",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation",
                           "mutations": {
                             "request_mutations": [
                               {
                                 "remove": "x-verified-caller",
                               },
                             ],
                           },
                         },
                       },
                       {
                         "name": "envoy.filters.http.jwt_authn",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication",
                           "providers": {
                             "aws-1": {
                               "audiences": [
                                 "https://books.example.com",
                               ],
                               "clock_skew_seconds": 60,
                               "forward": false,
                               "from_headers": [
                                 {
                                   "name": "Authorization",
                                   "value_prefix": "Bearer ",
                                 },
                               ],
                               "issuer": "https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
                               "payload_in_metadata": "aws-1",
                               "remote_jwks": {
                                 "async_fetch": {
                                   "failed_refetch_duration": "5s",
                                   "fast_listener": true,
                                 },
                                 "cache_duration": "300s",
                                 "http_uri": {
                                   "cluster": "jwks-0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws",
                                   "timeout": "5s",
                                   "uri": "https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws/.well-known/jwks.json",
                                 },
                                 "retry_policy": {
                                   "num_retries": 3,
                                   "retry_back_off": {
                                     "base_interval": "0.2s",
                                     "max_interval": "2s",
                                   },
                                 },
                               },
                               "require_expiration": true,
                             },
                             "google-0": {
                               "audiences": [
                                 "https://books.example.com",
                               ],
                               "clock_skew_seconds": 60,
                               "forward": false,
                               "from_headers": [
                                 {
                                   "name": "Authorization",
                                   "value_prefix": "Bearer ",
                                 },
                               ],
                               "issuer": "https://accounts.google.com",
                               "payload_in_metadata": "google-0",
                               "remote_jwks": {
                                 "async_fetch": {
                                   "failed_refetch_duration": "5s",
                                   "fast_listener": true,
                                 },
                                 "cache_duration": "300s",
                                 "http_uri": {
                                   "cluster": "jwks-www.googleapis.com",
                                   "timeout": "5s",
                                   "uri": "https://www.googleapis.com/oauth2/v3/certs",
                                 },
                                 "retry_policy": {
                                   "num_retries": 3,
                                   "retry_back_off": {
                                     "base_interval": "0.2s",
                                     "max_interval": "2s",
                                   },
                                 },
                               },
                               "require_expiration": true,
                             },
                           },
                           "rules": [
                             {
                               "match": {
                                 "prefix": "/",
                               },
                               "requires": {
                                 "requires_any": {
                                   "requirements": [
                                     {
                                       "provider_name": "google-0",
                                     },
                                     {
                                       "provider_name": "aws-1",
                                     },
                                   ],
                                 },
                               },
                             },
                           ],
                         },
                       },
                       {
                         "name": "envoy.filters.http.rbac",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC",
                           "rules": {
                             "action": "ALLOW",
                             "policies": {
                               "aws-1": {
                                 "permissions": [
                                   {
                                     "and_rules": {
                                       "rules": [
                                         {
                                           "or_rules": {
                                             "rules": [
                                               {
                                                 "url_path": {
                                                   "path": {
                                                     "exact": "/v1",
                                                   },
                                                 },
                                               },
                                               {
                                                 "url_path": {
                                                   "path": {
                                                     "prefix": "/v1/",
                                                   },
                                                 },
                                               },
                                             ],
                                           },
                                         },
                                         {
                                           "or_rules": {
                                             "rules": [
                                               {
                                                 "header": {
                                                   "name": ":method",
                                                   "string_match": {
                                                     "exact": "POST",
                                                   },
                                                 },
                                               },
                                             ],
                                           },
                                         },
                                       ],
                                     },
                                   },
                                 ],
                                 "principals": [
                                   {
                                     "and_ids": {
                                       "ids": [
                                         {
                                           "or_ids": {
                                             "ids": [
                                               {
                                                 "sourced_metadata": {
                                                   "metadata_matcher": {
                                                     "filter": "envoy.filters.http.jwt_authn",
                                                     "path": [
                                                       {
                                                         "key": "aws-1",
                                                       },
                                                       {
                                                         "key": "sub",
                                                       },
                                                     ],
                                                     "value": {
                                                       "string_match": {
                                                         "exact": "arn:aws:iam::123456789012:role/etl-bridge",
                                                       },
                                                     },
                                                   },
                                                   "metadata_source": "DYNAMIC",
                                                 },
                                               },
                                             ],
                                           },
                                         },
                                       ],
                                     },
                                   },
                                 ],
                               },
                               "google-0": {
                                 "permissions": [
                                   {
                                     "and_rules": {
                                       "rules": [
                                         {
                                           "or_rules": {
                                             "rules": [
                                               {
                                                 "url_path": {
                                                   "path": {
                                                     "exact": "/v1",
                                                   },
                                                 },
                                               },
                                               {
                                                 "url_path": {
                                                   "path": {
                                                     "prefix": "/v1/",
                                                   },
                                                 },
                                               },
                                             ],
                                           },
                                         },
                                         {
                                           "or_rules": {
                                             "rules": [
                                               {
                                                 "header": {
                                                   "name": ":method",
                                                   "string_match": {
                                                     "exact": "POST",
                                                   },
                                                 },
                                               },
                                             ],
                                           },
                                         },
                                       ],
                                     },
                                   },
                                 ],
                                 "principals": [
                                   {
                                     "and_ids": {
                                       "ids": [
                                         {
                                           "sourced_metadata": {
                                             "metadata_matcher": {
                                               "filter": "envoy.filters.http.jwt_authn",
                                               "path": [
                                                 {
                                                   "key": "google-0",
                                                 },
                                                 {
                                                   "key": "email_verified",
                                                 },
                                               ],
                                               "value": {
                                                 "bool_match": true,
                                               },
                                             },
                                             "metadata_source": "DYNAMIC",
                                           },
                                         },
                                         {
                                           "or_ids": {
                                             "ids": [
                                               {
                                                 "sourced_metadata": {
                                                   "metadata_matcher": {
                                                     "filter": "envoy.filters.http.jwt_authn",
                                                     "path": [
                                                       {
                                                         "key": "google-0",
                                                       },
                                                       {
                                                         "key": "email",
                                                       },
                                                     ],
                                                     "value": {
                                                       "string_match": {
                                                         "exact": "bridge@my-project.iam.gserviceaccount.com",
                                                       },
                                                     },
                                                   },
                                                   "metadata_source": "DYNAMIC",
                                                 },
                                               },
                                             ],
                                           },
                                         },
                                       ],
                                     },
                                   },
                                 ],
                               },
                             },
                           },
                         },
                       },
                       {
                         "name": "add-caller-header",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation",
                           "mutations": {
                             "request_mutations": [
                               {
                                 "append": {
                                   "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
                                   "header": {
                                     "key": "x-verified-caller",
                                     "value": "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:google-0:email)%",
                                   },
                                   "keep_empty_value": false,
                                 },
                               },
                               {
                                 "append": {
                                   "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
                                   "header": {
                                     "key": "x-verified-caller",
                                     "value": "%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:aws-1:sub)%",
                                   },
                                   "keep_empty_value": false,
                                 },
                               },
                             ],
                           },
                         },
                       },
                       {
                         "name": "envoy.filters.http.buffer",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer",
                           "max_request_bytes": 1048576,
                         },
                       },
                       {
                         "name": "envoy.filters.http.router",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router",
                           "suppress_envoy_headers": true,
                         },
                       },
                     ],
                     "internal_address_config": {
                       "cidr_ranges": [
                         {
                           "address_prefix": "192.0.2.0",
                           "prefix_len": 32,
                         },
                       ],
                     },
                     "merge_slashes": true,
                     "normalize_path": true,
                     "path_with_escaped_slashes_action": "REJECT_REQUEST",
                     "request_headers_timeout": "10s",
                     "request_timeout": "30s",
                     "route_config": {
                       "name": "verified",
                       "virtual_hosts": [
                         {
                           "domains": [
                             "*",
                           ],
                           "name": "service",
                           "routes": [
                             {
                               "match": {
                                 "prefix": "/",
                               },
                               "route": {
                                 "cluster": "service",
                                 "retry_policy": {
                                   "num_retries": 2,
                                   "retry_on": "connect-failure,refused-stream",
                                 },
                                 "timeout": "60s",
                               },
                             },
                           ],
                         },
                       ],
                     },
                     "stat_prefix": "verified",
                     "stream_idle_timeout": "65s",
                     "use_remote_address": true,
                   },
                 },
               ],
               "transport_socket_connect_timeout": "10s",
             },
           ],
           "name": "verified",
           "per_connection_buffer_limit_bytes": 1048576,
         },
         {
           "address": {
             "socket_address": {
               "address": "0.0.0.0",
               "port_value": 9090,
             },
           },
           "filter_chains": [
             {
               "filters": [
                 {
                   "name": "envoy.filters.network.http_connection_manager",
                   "typed_config": {
                     "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                     "http_filters": [
                       {
                         "name": "envoy.filters.http.fault",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault",
                           "delay": {
                             "fixed_delay": "65s",
                             "percentage": {
                               "numerator": 100,
                             },
                           },
                         },
                       },
                       {
                         "name": "envoy.filters.http.router",
                         "typed_config": {
                           "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router",
                         },
                       },
                     ],
                     "route_config": {
                       "name": "drain",
                       "virtual_hosts": [
                         {
                           "domains": [
                             "*",
                           ],
                           "name": "drain",
                           "routes": [
                             {
                               "direct_response": {
                                 "status": 200,
                               },
                               "match": {
                                 "path": "/drain",
                               },
                             },
                           ],
                         },
                       ],
                     },
                     "stat_prefix": "drain",
                     "stream_idle_timeout": "0s",
                   },
                 },
               ],
             },
           ],
           "name": "drain",
         },
       ],
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

test.each<[string, Props, string | RegExp]>([
  ['the name in the certificate', external, 'https://books.example.com'],
  ['a port of its own', { ...external, port: 8443 }, 'https://books.example.com:8443'],
  [
    'a reserved address',
    { exposure: 'internal', allowedRanges: ['10.0.0.0/8'], loadBalancerIp: '10.0.0.7' },
    'http://10.0.0.7',
  ],
  [
    'the address that Google picks',
    { exposure: 'internal', allowedRanges: ['10.0.0.0/8'] },
    /^http:\/\/\$\{TfToken/,
  ],
  [
    'TLS in the cluster',
    { tlsSecretName: 'tls', acknowledge: undefined },
    /^https:\/\/books-verified\.books\.svc/,
  ],
])('the url has %s', (_, props, url) => {
  const made = endpointIn(testStack(), props).url;
  if (typeof url === 'string') expect(made).toBe(url);
  else expect(made).toMatch(url);
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

test('one issuer needs no list of alternatives, which Envoy would refuse', () => {
  const text = JSON.stringify(configuration({ callers: [google] }));
  expect(text).not.toContain('requires_any');
  expect(text).toContain('"requires":{"provider_name":"google-0"}');
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

const withGoogle = (more: object) => ({ callers: [{ ...google, ...more }] });
const withAws = (more: object) => ({ callers: [{ ...aws, ...more }] });

test.each<[string, Props, string, RegExp]>([
  ['no callers', { callers: [] }, 'callers', /at least 1/],
  [
    'callers of no cloud',
    { callers: [{}] },
    'callers[0]',
    /^be EndpointCallers\.google\(…\), EndpointCallers\.aws\(…\) or the caller of a GkeServiceTarget\.$/,
  ],
  [
    'callers of both',
    { callers: [{ ...google, ...aws, kind: 'google' }] },
    'callers[0].issuer',
    /The properties are/,
  ],
  [
    'a misspelt cloud',
    { callers: [{ ...google, kind: 'gogle' }] },
    'callers[0]',
    /^be EndpointCallers\.google/,
  ],
  ['no e-mail', withGoogle({ serviceAccountEmails: [] }), 'callers[0].serviceAccountEmails', /at least 1/],
  [
    'an empty e-mail',
    withGoogle({ serviceAccountEmails: [''] }),
    'callers[0].serviceAccountEmails[0]',
    /NAME@PROJECT/,
  ],
  [
    'an e-mail of a person',
    withGoogle({ serviceAccountEmails: ['ann@example.com'] }),
    'callers[0].serviceAccountEmails[0]',
    /Google service account/,
  ],
  [
    'a plain audience',
    withGoogle({ audience: 'http://books.example.com' }),
    'callers[0].audience',
    /Use "https:\/\/books\.example\.com"/,
  ],
  ['an audience that is no URL', withAws({ audience: 'books' }), 'callers[0].audience', /https URL/],
  [
    'an issuer in plain HTTP',
    withAws({ issuer: 'http://x.tokens.sts.global.api.aws' }),
    'callers[0].issuer',
    /Use "https:\/\/x\.tokens/,
  ],
  [
    'an issuer with a slash at its end',
    withAws({ issuer: `${ISSUER}/` }),
    'callers[0].issuer',
    /Use "https:\/\/0f3c1b9a-[^/]*aws"/,
  ],
  ['no role', withAws({ roleArns: [] }), 'callers[0].roleArns', /at least 1/],
  [
    'any role',
    withAws({ roleArns: ['arn:aws:iam::123456789012:role/*'] }),
    'callers[0].roleArns[0]',
    /^not contain "\*", because the whole ARN of a role is compared/,
  ],
  [
    'a session of a role',
    withAws({ roleArns: ['arn:aws:sts::123456789012:assumed-role/etl-bridge/session'] }),
    'callers[0].roleArns[0]',
    /not of a session.*Use "arn:aws:iam::123456789012:role\/etl-bridge"/,
  ],
  [
    'a name of a role',
    withAws({ roleArns: ['etl-bridge'] }),
    'callers[0].roleArns[0]',
    /arn:aws:iam::ACCOUNT/,
  ],
  [
    'the same issuer and audience twice',
    { callers: [google, google] },
    'callers[1]',
    /^be unique by issuer and audience.*Merge the callers into one entry/,
  ],
  ['an image by tag', { image: 'envoyproxy/envoy:v1.40' }, 'image', /^be an image with a digest/],
  ['no image', { image: undefined }, 'image', /a string/],
  ['an unknown exposure', { exposure: 'public' }, 'exposure', /"cluster", "internal", "external"/],
  [
    'external without TLS',
    { ...external, tlsSecretName: undefined },
    'tlsSecretName',
    /can be read and used/,
  ],
  [
    'external without TLS, whatever is acknowledged',
    { ...external, tlsSecretName: undefined, acknowledge: { plainHttp } },
    'tlsSecretName',
    /can be read and used.*Set tlsSecretName to a Secret with a certificate\.$/,
  ],
  ['plain HTTP in silence', { acknowledge: undefined }, 'tlsSecretName', /acknowledge\.plainHttp/],
  [
    'plain HTTP that is none',
    { tlsSecretName: 'tls' },
    'acknowledge.plainHttp',
    /^be omitted when tlsSecretName is set/,
  ],
  ['TLS for an address', { ...external, hostName: undefined }, 'hostName', /name in the certificate/],
  ['a host name with a scheme', { hostName: 'https://a.example/x' }, 'hostName', /Use "a\.example"/],
  [
    'a load balancer for nobody',
    { ...external, allowedRanges: undefined },
    'allowedRanges',
    /^be set for a load balancer.*"0\.0\.0\.0\/0" means every address/,
  ],
  [
    'a range that starts in its middle',
    { allowedRanges: ['10.0.0.1/8'] },
    'allowedRanges[0]',
    /Use "10\.0\.0\.0\/8"/,
  ],
  ['an address of no load balancer', { loadBalancerIp: '10.0.0.7' }, 'loadBalancerIp', /Omit it/],
  [
    'global access of an external one',
    { ...external, globalAccess: true },
    'globalAccess',
    /^be omitted unless exposure is "internal"/,
  ],
  ['a port out of range', { port: 0 }, 'port', /1 to 65535/],
  [
    'a path with a query',
    { paths: ['/v1?x'] },
    'paths[0]',
    /^be a path that starts with "\/", without a pattern or a query/,
  ],
  [
    'a path with a pattern',
    { paths: ['/v1/*'] },
    'paths[0]',
    /^be a path that starts with "\/", without a pattern or a query/,
  ],
  [
    'the path of the health check',
    { paths: ['/healthz'] },
    'paths[0]',
    /^not be a path that the endpoint answers without a token/,
  ],
  ['no paths', { paths: [] }, 'paths', /at least 1/],
  ['a method in small letters', { methods: ['get'] }, 'methods[0]', /Use "GET"/],
  ['a body of no bytes', { limits: { requestBytes: 0 } }, 'limits.requestBytes', /1 to 33554432/],
  ['no time at all', { limits: { timeoutSeconds: 0 } }, 'limits.timeoutSeconds', /1 to 900/],
  ['no pods', { replicas: 0 }, 'replicas', /1 to 50/],
  ['no reason', { reason: undefined }, 'reason', /^be set\. Set it here or with Defaults\.of\(scope\)/],
  [
    'a service of another namespace',
    { service: { workload: { ...workload, namespace: 'shop' }, port: 8000 } },
    'service.workload.namespace',
    /namespace of the service/,
  ],
  ['a service without labels', { service: { workload: {}, port: 8000 } }, 'service.workload', /a Workload/],
])('%s is refused', (_, props, property, message) => {
  const found = refused(props);
  expect(Object.keys(found)).toContain(property);
  expect(`${found[property]!.rule}. ${found[property]!.fix ?? ''}`.trim()).toMatch(message);
});

test('everything that is wrong is told at once', () => {
  const { problems: found } = refusal(() =>
    endpointIn(testStack(), { name: 'Books', callers: [], image: 'envoy', exposure: 'external', port: 0 }),
  );
  expect(found.map(({ property }) => property).sort()).toEqual(
    ['allowedRanges', 'callers', 'image', 'name', 'port', 'tlsSecretName'].sort(),
  );
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
