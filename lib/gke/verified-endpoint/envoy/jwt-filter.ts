import { jwksHost, type TrustedIssuer } from './trusted-issuer';
import { seconds, typed, type Envoy } from './typed';

/** Name under which the filter keeps what a verified token says. */
export const JWT_FILTER = 'envoy.filters.http.jwt_authn';

/** Value of a claim of a verified token, as Envoy formats it; nothing where the token is of another issuer. */
export function verifiedClaim({ key }: TrustedIssuer, claim: string): string {
  return `%DYNAMIC_METADATA(${JWT_FILTER}:${key}:${claim})%`;
}

/** Path of the request tags in a token of AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound_token_claims.html */
export const REQUEST_TAGS = ['https://sts.amazonaws.com/', 'request_tags'];

/** Value of a request tag of a verified token, as Envoy formats it. `DYNAMIC_METADATA` cannot have a name with ":". */
export function verifiedTag({ key }: TrustedIssuer, tag: string): string {
  const path = [JWT_FILTER, key, ...REQUEST_TAGS, tag].map((each) => `['${each}']`).join('');
  return `%CEL(metadata.filter_metadata${path})%`;
}

/** Name of the Envoy cluster with the public keys of an issuer. */
export function jwksClusterName(issuer: TrustedIssuer): string {
  return `jwks-${jwksHost(issuer)}`;
}

/** Every request needs a token that one of the issuers signed for its audience. */
export function jwtFilter(issuers: readonly TrustedIssuer[]): Envoy {
  const requirements = issuers.map(({ key }) => ({ provider_name: key }));
  return {
    name: JWT_FILTER,
    typed_config: typed('envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication', {
      providers: Object.fromEntries(issuers.map((issuer) => [issuer.key, provider(issuer)])),
      rules: [
        {
          match: { prefix: '/' },
          // Envoy takes a list of two and more only.
          requires: requirements.length === 1 ? requirements[0] : { requires_any: { requirements } },
        },
      ],
    }),
  };
}

function provider(issuer: TrustedIssuer): Envoy {
  return {
    issuer: issuer.issuer,
    audiences: [issuer.audience],
    require_expiration: true,
    clock_skew_seconds: 60,
    // By default a query parameter would do as well, and queries end up in logs.
    from_headers: [{ name: 'Authorization', value_prefix: 'Bearer ' }],
    // The service gets the caller, not a token that it could use elsewhere.
    forward: false,
    // Separate keys, so that claims of one issuer do not match the rule of another.
    payload_in_metadata: issuer.key,
    remote_jwks: {
      http_uri: { uri: issuer.jwksUri, cluster: jwksClusterName(issuer), timeout: seconds(5) },
      cache_duration: seconds(300),
      async_fetch: { fast_listener: true, failed_refetch_duration: seconds(5) },
      retry_policy: {
        num_retries: 3,
        retry_back_off: { base_interval: '0.2s', max_interval: seconds(2) },
      },
    },
  };
}
