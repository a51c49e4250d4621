import { resource } from '../../../synth';
import { type Props, aws, google, stackWith } from '../fixtures';

const configuration = (props: Props = {}) => {
  const data = resource(stackWith(props), 'kubernetes_config_map_v1').data as unknown as Record<
    string,
    string
  >;
  return JSON.parse(data['envoy.yaml']!) as Record<string, never>;
};

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

test('one issuer needs no list of alternatives, which Envoy would refuse', () => {
  const text = JSON.stringify(configuration({ callers: [google] }));
  expect(text).not.toContain('requires_any');
  expect(text).toContain('"requires":{"provider_name":"google-0"}');
});
