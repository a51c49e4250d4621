import { verifiedClaim } from './jwt-filter';
import type { TrustedIssuer } from './trusted-issuer';
import { typed, type Envoy } from './typed';

/** Header in which the service gets the verified caller. */
export const CALLER_HEADER = 'x-verified-caller';

/** Takes away what a client claims to be. */
export function removeCallerHeader(): Envoy {
  return headerMutation('remove-caller-header', [{ remove: CALLER_HEADER }]);
}

/** Tells the service who calls: by what the rules have matched, which is there for one issuer at most. */
export function addCallerHeader(issuers: readonly TrustedIssuer[]): Envoy {
  return headerMutation(
    'add-caller-header',
    issuers.map((issuer) => ({
      append: {
        header: { key: CALLER_HEADER, value: verifiedClaim(issuer, issuer.claim) },
        append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
        keep_empty_value: false,
      },
    })),
  );
}

function headerMutation(name: string, requestMutations: readonly Envoy[]): Envoy {
  return {
    name,
    typed_config: typed('envoy.extensions.filters.http.header_mutation.v3.HeaderMutation', {
      mutations: { request_mutations: requestMutations },
    }),
  };
}
