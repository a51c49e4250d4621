import { filters, manager } from './configuration';

const delay = (timeoutSeconds?: number) =>
  filters('drain', timeoutSeconds === undefined ? {} : { limits: { timeoutSeconds } })[0]!.typed_config.delay;

test('answers one path, after a delay, without an idle time-out', () => {
  expect(manager('drain')).toMatchObject({
    stat_prefix: 'drain',
    stream_idle_timeout: '0s',
    route_config: {
      virtual_hosts: [
        { domains: ['*'], routes: [{ match: { path: '/drain' }, direct_response: { status: 200 } }] },
      ],
    },
  });
  expect(filters('drain').map(({ name }) => name)).toEqual([
    'envoy.filters.http.fault',
    'envoy.filters.http.router',
  ]);
});

test.each([
  [undefined, '65s'],
  [1, '6s'],
  [565, '570s'],
  [566, '570s'],
  [900, '570s'],
])('with timeoutSeconds %p the delay is %s', (timeoutSeconds, fixed_delay) => {
  expect(delay(timeoutSeconds)).toEqual({ fixed_delay, percentage: { numerator: 100 } });
});
