import { seconds, typed, type Envoy } from './typed';

/** Port on which the kubelet waits before it stops a pod. Policies deny other clients. */
export const DRAIN_PORT = 9090;

/**
 * Answers after a delay. The kubelet calls it before it stops a pod. Envoy serves requests until the answer, while
 * the Service and the load balancer route to other pods. The image has no shell that could sleep.
 */
export function drainListener(drainSeconds: number): Envoy {
  return {
    name: 'drain',
    address: { socket_address: { address: '0.0.0.0', port_value: DRAIN_PORT } },
    filter_chains: [
      {
        filters: [
          {
            name: 'envoy.filters.network.http_connection_manager',
            typed_config: typed(
              'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
              {
                stat_prefix: 'drain',
                stream_idle_timeout: seconds(0),
                http_filters: [
                  {
                    name: 'envoy.filters.http.fault',
                    typed_config: typed('envoy.extensions.filters.http.fault.v3.HTTPFault', {
                      delay: { fixed_delay: seconds(drainSeconds), percentage: { numerator: 100 } },
                    }),
                  },
                  {
                    name: 'envoy.filters.http.router',
                    typed_config: typed('envoy.extensions.filters.http.router.v3.Router'),
                  },
                ],
                route_config: {
                  name: 'drain',
                  virtual_hosts: [
                    {
                      name: 'drain',
                      domains: ['*'],
                      routes: [{ match: { path: '/drain' }, direct_response: { status: 200 } }],
                    },
                  ],
                },
              },
            ),
          },
        ],
      },
    ],
  };
}
