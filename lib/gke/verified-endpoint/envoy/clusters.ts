import { jwksClusterName } from './jwt-filter';
import { jwksHost, type TrustedIssuer } from './trusted-issuer';
import { seconds, typed, type Envoy } from './typed';

/** Name of the Envoy cluster of the service. */
export const SERVICE_CLUSTER = 'service';

/** Certificates of public authorities, where the images of Envoy have them. */
export const PUBLIC_AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

function cluster(name: string, host: string, port: number, more: Envoy): Envoy {
  return {
    name,
    type: 'STRICT_DNS',
    // The policies of the namespace are about IPv4.
    dns_lookup_family: 'V4_ONLY',
    connect_timeout: seconds(5),
    load_assignment: {
      cluster_name: name,
      endpoints: [
        {
          lb_endpoints: [{ endpoint: { address: { socket_address: { address: host, port_value: port } } } }],
        },
      ],
    },
    ...more,
  };
}

/** The service, and how much of it the endpoint may take up. */
export function serviceCluster(host: string, port: number, concurrentRequests: number): Envoy {
  return cluster(SERVICE_CLUSTER, host, port, {
    circuit_breakers: {
      thresholds: [
        {
          max_connections: concurrentRequests,
          max_pending_requests: concurrentRequests,
          max_requests: concurrentRequests,
        },
      ],
    },
  });
}

/** Public keys come over TLS from the verified host of the issuer, so that no other server can add keys. */
export function jwksClusters(issuers: readonly TrustedIssuer[]): Envoy[] {
  const byName = new Map(issuers.map((issuer) => [jwksClusterName(issuer), jwksHost(issuer)]));
  return [...byName].map(([name, host]) =>
    cluster(name, host, 443, {
      transport_socket: {
        name: 'envoy.transport_sockets.tls',
        typed_config: typed('envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext', {
          sni: host,
          common_tls_context: {
            tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
            validation_context: {
              trusted_ca: { filename: PUBLIC_AUTHORITIES },
              match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: host } }],
            },
          },
        }),
      },
    }),
  );
}
