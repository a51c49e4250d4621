import { accessLog } from './access-log';
import { callerFilter, type AllowedRequests } from './caller-filter';
import { addCallerHeader, removeCallerHeader } from './caller-header';
import { downstreamTls } from './certificate';
import { SERVICE_CLUSTER } from './clusters';
import { healthFilter } from './health';
import { jwtFilter } from './jwt-filter';
import type { TrustedIssuer } from './trusted-issuer';
import { seconds, typed, type Envoy } from './typed';

/** Port of the container: above 1,024, so that no capability is needed. */
export const LISTEN_PORT = 8443;

const ONE_MIB = 1_048_576;

/** Requests that the listener forwards, and their limits. */
export interface ListenerOptions {
  readonly issuers: readonly TrustedIssuer[];
  readonly allowed: AllowedRequests;
  readonly tls: boolean;
  readonly requestBytes: number;
  readonly timeoutSeconds: number;
  readonly requestsPerConnection: number;
}

/** Listener for callers. https://www.envoyproxy.io/docs/envoy/latest/configuration/best_practices/edge */
export function verifyingListener(options: ListenerOptions): Envoy {
  return {
    name: 'verified',
    address: { socket_address: { address: '0.0.0.0', port_value: LISTEN_PORT } },
    per_connection_buffer_limit_bytes: ONE_MIB,
    filter_chains: [
      {
        filters: [
          {
            name: 'envoy.filters.network.http_connection_manager',
            typed_config: connectionManager(options),
          },
        ],
        transport_socket_connect_timeout: seconds(10),
        ...(options.tls && { transport_socket: downstreamTls() }),
      },
    ],
  };
}

function connectionManager(options: ListenerOptions): Envoy {
  const { issuers, timeoutSeconds, requestsPerConnection } = options;
  return typed('envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: 'verified',
    access_log: [accessLog(issuers)],
    use_remote_address: true,
    // By default Envoy trusts control headers of clients in private ranges. No client has this address.
    internal_address_config: { cidr_ranges: [{ address_prefix: '192.0.2.0', prefix_len: 32 }] },
    // The filters match the path in the form that the service reads.
    normalize_path: true,
    merge_slashes: true,
    path_with_escaped_slashes_action: 'REJECT_REQUEST',
    common_http_protocol_options: {
      idle_timeout: seconds(300),
      max_requests_per_connection: requestsPerConnection,
      // Many servers read "x_verified_caller" as "x-verified-caller".
      headers_with_underscores_action: 'DROP_HEADER',
    },
    http2_protocol_options: {
      max_concurrent_streams: 100,
      initial_stream_window_size: 65_536,
      initial_connection_window_size: ONE_MIB,
    },
    request_headers_timeout: seconds(10),
    request_timeout: seconds(30),
    // Longer than the service may take, or a slow answer would count as an idle stream.
    stream_idle_timeout: seconds(timeoutSeconds + 5),
    http_filters: httpFilters(options),
    route_config: routes(timeoutSeconds),
  });
}

function httpFilters({ issuers, allowed, requestBytes }: ListenerOptions): Envoy[] {
  return [
    healthFilter(),
    removeCallerHeader(),
    jwtFilter(issuers),
    callerFilter(issuers, allowed),
    addCallerHeader(issuers),
    // After the checks, so that unverified callers use no memory.
    {
      name: 'envoy.filters.http.buffer',
      typed_config: typed('envoy.extensions.filters.http.buffer.v3.Buffer', {
        max_request_bytes: requestBytes,
      }),
    },
    {
      name: 'envoy.filters.http.router',
      typed_config: typed('envoy.extensions.filters.http.router.v3.Router', { suppress_envoy_headers: true }),
    },
  ];
}

function routes(timeoutSeconds: number): Envoy {
  return {
    name: 'verified',
    virtual_hosts: [
      {
        name: 'service',
        domains: ['*'],
        routes: [
          {
            match: { prefix: '/' },
            route: {
              cluster: SERVICE_CLUSTER,
              timeout: seconds(timeoutSeconds),
              // Only requests that did not reach the service are retried.
              retry_policy: { retry_on: 'connect-failure,refused-stream', num_retries: 2 },
            },
          },
        ],
      },
    ],
  };
}
