import { external } from '../fixtures';
import { filter, filters, listener, manager } from './configuration';

test('a request is verified before its body is read, and forwarded last', () => {
  expect(filters('verified').map(({ name }) => name)).toEqual([
    'envoy.filters.http.health_check',
    'remove-caller-header',
    'envoy.filters.http.jwt_authn',
    'envoy.filters.http.rbac',
    'add-caller-header',
    'envoy.filters.http.buffer',
    'envoy.filters.http.router',
  ]);
  expect(filter('envoy.filters.http.router')).toMatchObject({ suppress_envoy_headers: true });
});

test('Envoy itself answers one path of health checks', () => {
  expect(filter('envoy.filters.http.health_check')).toMatchObject({
    pass_through_mode: false,
    headers: [{ name: ':path', string_match: { exact: '/healthz' } }],
  });
});

test('the path and the headers reach the filters in the form that the service reads', () => {
  expect(manager('verified')).toMatchObject({
    stat_prefix: 'verified',
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: 'REJECT_REQUEST',
    common_http_protocol_options: { headers_with_underscores_action: 'DROP_HEADER' },
    use_remote_address: true,
    internal_address_config: { cidr_ranges: [{ address_prefix: '192.0.2.0', prefix_len: 32 }] },
  });
});

test('a client has limits of size and time', () => {
  const { per_connection_buffer_limit_bytes, filter_chains } = listener('verified') as never;
  expect(per_connection_buffer_limit_bytes).toBe(1_048_576);
  expect(filter_chains).toMatchObject([{ transport_socket_connect_timeout: '10s' }]);
  expect(filter('envoy.filters.http.buffer')).toMatchObject({ max_request_bytes: 1_048_576 });
  expect(manager('verified')).toMatchObject({
    common_http_protocol_options: { idle_timeout: '300s', max_requests_per_connection: 1_000 },
    http2_protocol_options: {
      max_concurrent_streams: 100,
      initial_stream_window_size: 65_536,
      initial_connection_window_size: 1_048_576,
    },
    request_headers_timeout: '10s',
    request_timeout: '30s',
    stream_idle_timeout: '65s',
  });
});

test('every path leads to the service, and only a request that did not reach it is retried', () => {
  expect(manager('verified').route_config).toEqual({
    name: 'verified',
    virtual_hosts: [
      {
        name: 'service',
        domains: ['*'],
        routes: [
          {
            match: { prefix: '/' },
            route: {
              cluster: 'service',
              timeout: '60s',
              retry_policy: { retry_on: 'connect-failure,refused-stream', num_retries: 2 },
            },
          },
        ],
      },
    ],
  });
});

test('limits of the endpoint reach the filters', () => {
  const limits = { requestBytes: 5, timeoutSeconds: 7, requestsPerConnection: 9 };
  expect(filter('envoy.filters.http.buffer', { limits })).toMatchObject({ max_request_bytes: 5 });
  expect(manager('verified', { limits })).toMatchObject({
    stream_idle_timeout: '12s',
    common_http_protocol_options: { max_requests_per_connection: 9 },
    route_config: { virtual_hosts: [{ routes: [{ route: { timeout: '7s' } }] }] },
  });
});

test('TLS is spoken where the endpoint has a certificate', () => {
  expect(listener('verified').filter_chains[0]).not.toHaveProperty('transport_socket');
  expect(listener('verified', external).filter_chains[0]).toMatchObject({
    transport_socket: {
      name: 'envoy.transport_sockets.tls',
      typed_config: {
        common_tls_context: {
          tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
          alpn_protocols: ['h2', 'http/1.1'],
          tls_certificate_sds_secret_configs: [
            { sds_config: { path_config_source: { path: '/etc/envoy/certificate.yaml' } } },
          ],
        },
      },
    },
  });
});
