import { aws, AUDIENCE, google, ISSUER, type Props } from '../fixtures';
import { filter } from './configuration';

const jwt = (props: Props = {}) => filter('envoy.filters.http.jwt_authn', props);

test('a token of Google needs its issuer, its audience and an expiry, and is not forwarded', () => {
  expect((jwt().providers as object)['google-0' as never]).toEqual({
    issuer: 'https://accounts.google.com',
    audiences: [AUDIENCE],
    require_expiration: true,
    clock_skew_seconds: 60,
    from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
    forward: false,
    payload_in_metadata: 'google-0',
    remote_jwks: {
      http_uri: {
        uri: 'https://www.googleapis.com/oauth2/v3/certs',
        cluster: 'jwks-www.googleapis.com',
        timeout: '5s',
      },
      cache_duration: '300s',
      async_fetch: { fast_listener: true, failed_refetch_duration: '5s' },
      retry_policy: { num_retries: 3, retry_back_off: { base_interval: '0.2s', max_interval: '2s' } },
    },
  });
});

test('a token of AWS differs in the issuer, its keys and the place of its claims', () => {
  const { 'google-0': ofGoogle, 'aws-1': ofAws } = jwt().providers as Record<
    string,
    { readonly remote_jwks: object }
  >;
  expect(ofAws).toEqual({
    ...ofGoogle,
    issuer: ISSUER,
    payload_in_metadata: 'aws-1',
    remote_jwks: {
      ...ofGoogle!.remote_jwks,
      http_uri: {
        uri: `${ISSUER}/.well-known/jwks.json`,
        cluster: `jwks-${new URL(ISSUER).hostname}`,
        timeout: '5s',
      },
    },
  });
});

test('every path needs a token of one of the issuers', () => {
  const { providers, rules } = jwt();
  expect(Object.keys(providers as object)).toEqual(['google-0', 'aws-1']);
  expect(rules).toEqual([
    {
      match: { prefix: '/' },
      requires: {
        requires_any: { requirements: [{ provider_name: 'google-0' }, { provider_name: 'aws-1' }] },
      },
    },
  ]);
});

test('one issuer needs no list of alternatives, which Envoy would refuse', () => {
  const text = JSON.stringify(jwt({ callers: [google] }));
  expect(text).not.toContain('requires_any');
  expect(text).toContain('"requires":{"provider_name":"google-0"}');
  expect(jwt({ callers: [aws] }).rules).toEqual([
    { match: { prefix: '/' }, requires: { provider_name: 'aws-0' } },
  ]);
});
