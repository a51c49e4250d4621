import { EndpointCallers } from '../../../../lib/identity/federation/endpoint-callers';
import { aws, AUDIENCE, google, ISSUER, workload, type Props } from '../fixtures';
import { configuration } from './configuration';

const clusters = (props: Props = {}) => configuration(props).static_resources.clusters;

const at = (cluster_name: string, address: string, port_value: number) => ({
  cluster_name,
  endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address, port_value } } } }] }],
});

test('the service is found by its name, over IPv4, for a limited number of requests', () => {
  const [service] = clusters();
  expect(service).toEqual({
    name: 'service',
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_ONLY',
    connect_timeout: '5s',
    load_assignment: at('service', 'books.books.svc.cluster.local', 80),
    circuit_breakers: {
      thresholds: [{ max_connections: 256, max_pending_requests: 256, max_requests: 256 }],
    },
  });
});

test.each([
  ['www.googleapis.com', google],
  [new URL(ISSUER).hostname, aws],
])('the keys of an issuer come over TLS from the verified host %s', (host, caller) => {
  const [, keys] = clusters({ callers: [caller] });
  expect(keys).toEqual({
    name: `jwks-${host}`,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_ONLY',
    connect_timeout: '5s',
    load_assignment: at(`jwks-${host}`, host, 443),
    transport_socket: {
      name: 'envoy.transport_sockets.tls',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
        sni: host,
        common_tls_context: {
          tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
          validation_context: {
            trusted_ca: { filename: '/etc/ssl/certs/ca-certificates.crt' },
            match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: host } }],
          },
        },
      },
    },
  });
});

test('the limit of concurrent requests and the port of the Service are those of the endpoint', () => {
  const [service] = clusters({
    limits: { concurrentRequests: 3 },
    service: { workload, port: 8000, servicePort: 81 },
  });
  expect(service).toMatchObject({
    load_assignment: at('service', 'books.books.svc.cluster.local', 81),
    circuit_breakers: { thresholds: [{ max_connections: 3, max_pending_requests: 3, max_requests: 3 }] },
  });
});

test('each host of keys has one cluster, in the order of the callers', () => {
  const films = EndpointCallers.google({
    audience: `${AUDIENCE}/films`,
    serviceAccountEmails: ['films@my-project.iam.gserviceaccount.com'],
  });
  expect(clusters({ callers: [google, aws, films] }).map(({ name }) => name)).toEqual([
    'service',
    'jwks-www.googleapis.com',
    `jwks-${new URL(ISSUER).hostname}`,
  ]);
});
