import type { EndpointLimits, VerifiedEndpointProps } from '../verified-endpoint-props';
import { jwksClusters, serviceCluster } from './clusters';
import { drainListener } from './drain-listener';
import { verifyingListener } from './listener';
import { trustedIssuers } from './trusted-issuer';
import { typed, type Envoy } from './typed';

const DEFAULTS = {
  requestBytes: 1_048_576,
  timeoutSeconds: 60,
  concurrentRequests: 256,
  requestsPerConnection: 1_000,
};

// Autopilot gives a pod at most ten minutes to stop.
const LONGEST_DRAIN_SECONDS = 570;

/** How long a pod serves on before it stops: as long as a request may take. */
export function drainSecondsOf({ limits }: VerifiedEndpointProps): number {
  return Math.min((limits?.timeoutSeconds ?? DEFAULTS.timeoutSeconds) + 5, LONGEST_DRAIN_SECONDS);
}

function limitsOf({ limits }: VerifiedEndpointProps): Required<EndpointLimits> {
  return {
    requestBytes: limits?.requestBytes ?? DEFAULTS.requestBytes,
    timeoutSeconds: limits?.timeoutSeconds ?? DEFAULTS.timeoutSeconds,
    concurrentRequests: limits?.concurrentRequests ?? DEFAULTS.concurrentRequests,
    requestsPerConnection: limits?.requestsPerConnection ?? DEFAULTS.requestsPerConnection,
  };
}

/** Bootstrap configuration of Envoy, without an admin interface. */
export function bootstrap(props: VerifiedEndpointProps): Envoy {
  const { callers, service, paths, methods, tlsSecretName } = props;
  const issuers = trustedIssuers(callers);
  const limits = limitsOf(props);
  return {
    // Envoy wants to be named before it reads a certificate from a file.
    node: { id: props.name, cluster: props.namespace.name },
    static_resources: {
      listeners: [
        verifyingListener({
          ...limits,
          issuers,
          allowed: { paths, methods },
          tls: tlsSecretName !== undefined,
        }),
        drainListener(drainSecondsOf(props)),
      ],
      clusters: [
        serviceCluster(service.workload.serviceHost, service.servicePort ?? 80, limits.concurrentRequests),
        ...jwksClusters(issuers),
      ],
    },
    overload_manager: {
      resource_monitors: [
        {
          name: 'envoy.resource_monitors.global_downstream_max_connections',
          typed_config: typed(
            'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
            { max_active_downstream_connections: 10_000 },
          ),
        },
      ],
    },
  };
}
