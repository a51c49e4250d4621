import { configuration } from './configuration';

test('has a listener for callers and one for the kubelet, and no admin interface', () => {
  const { static_resources: resources, ...rest } = configuration();
  expect(Object.keys(rest).sort()).toEqual(['node', 'overload_manager']);
  expect(Object.keys(resources).sort()).toEqual(['clusters', 'listeners']);
  expect(resources.listeners).toMatchObject([
    { name: 'verified', address: { socket_address: { address: '0.0.0.0', port_value: 8443 } } },
    { name: 'drain', address: { socket_address: { address: '0.0.0.0', port_value: 9090 } } },
  ]);
});

test('names the node after the endpoint and its namespace', () => {
  expect(configuration().node).toEqual({ id: 'books-verified', cluster: 'books' });
});

test('accepts up to 10,000 connections', () => {
  expect(configuration().overload_manager).toEqual({
    resource_monitors: [
      {
        name: 'envoy.resource_monitors.global_downstream_max_connections',
        typed_config: {
          '@type':
            'type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
          max_active_downstream_connections: 10_000,
        },
      },
    ],
  });
});
