import type { EndpointCallers } from '../../../identity/federation/endpoint-callers';

/** Issuer of tokens, with their audience and the accepted callers. */
export interface TrustedIssuer {
  /** Name of the provider, and the key under which Envoy keeps what a token of it says. */
  readonly key: string;
  readonly issuer: string;
  readonly audience: string;
  /** URL of its public keys. */
  readonly jwksUri: string;
  /** Claim that names the caller. */
  readonly claim: 'email' | 'sub';
  /** Claims that must be true. */
  readonly trueClaims: readonly string[];
  /** Request tags that the token must have: the value by name, or `*` for any value. */
  readonly requestTags: Readonly<Record<string, string>>;
  /** Accepted values of the claim. */
  readonly callers: readonly string[];
}

/** https://developers.google.com/identity/openid-connect/openid-connect#discovery */
const GOOGLE = {
  issuer: 'https://accounts.google.com',
  jwksUri: 'https://www.googleapis.com/oauth2/v3/certs',
};

/** One for each entry, in order. */
export function trustedIssuers(callers: readonly EndpointCallers[]): TrustedIssuer[] {
  return callers.map((entry, index) =>
    entry.kind === 'google'
      ? {
          ...GOOGLE,
          key: `google-${index}`,
          audience: entry.audience,
          claim: 'email',
          trueClaims: ['email_verified'],
          requestTags: {},
          callers: entry.serviceAccountEmails,
        }
      : {
          key: `aws-${index}`,
          issuer: entry.issuer,
          audience: entry.audience,
          // https://docs.aws.amazon.com/IAM/latest/APIReference/API_EnableOutboundWebIdentityFederation.html
          jwksUri: `${entry.issuer}/.well-known/jwks.json`,
          claim: 'sub',
          trueClaims: [],
          requestTags: entry.requestTags ?? {},
          callers: entry.roleArns,
        },
  );
}

/** Host of the public keys: issuers that share one share a connection. */
export function jwksHost({ jwksUri }: TrustedIssuer): string {
  return new URL(jwksUri).hostname;
}
