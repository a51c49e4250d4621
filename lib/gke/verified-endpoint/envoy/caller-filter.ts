import { JWT_FILTER, REQUEST_TAGS } from './jwt-filter';
import type { TrustedIssuer } from './trusted-issuer';
import { typed, type Envoy } from './typed';

/** Methods and paths of verified callers. */
export interface AllowedRequests {
  readonly paths?: readonly string[];
  readonly methods?: readonly string[];
}

/** Accepts the listed callers for the allowed requests and denies every other request. */
export function callerFilter(issuers: readonly TrustedIssuer[], allowed: AllowedRequests): Envoy {
  return {
    name: 'envoy.filters.http.rbac',
    typed_config: typed('envoy.extensions.filters.http.rbac.v3.RBAC', {
      rules: {
        action: 'ALLOW',
        policies: Object.fromEntries(
          issuers.map((issuer) => [
            issuer.key,
            { permissions: [permission(allowed)], principals: [principal(issuer)] },
          ]),
        ),
      },
    }),
  };
}

function principal(issuer: TrustedIssuer): Envoy {
  const claims = issuer.trueClaims.map((claim) => hasClaim(issuer, [claim], { bool_match: true }));
  const tags = Object.entries(issuer.requestTags).map(([name, value]) =>
    hasClaim(issuer, [...REQUEST_TAGS, name], {
      string_match: value === '*' ? { safe_regex: { regex: '.+' } } : { exact: value },
    }),
  );
  const anyCaller = {
    or_ids: {
      ids: issuer.callers.map((caller) =>
        hasClaim(issuer, [issuer.claim], { string_match: { exact: caller } }),
      ),
    },
  };
  return { and_ids: { ids: [...claims, ...tags, anyCaller] } };
}

function hasClaim({ key }: TrustedIssuer, claim: readonly string[], value: Envoy): Envoy {
  return {
    sourced_metadata: {
      metadata_source: 'DYNAMIC',
      metadata_matcher: { filter: JWT_FILTER, path: [key, ...claim].map((each) => ({ key: each })), value },
    },
  };
}

function permission({ paths, methods }: AllowedRequests): Envoy {
  const rules = [
    ...(paths ? [{ or_rules: { rules: paths.flatMap(atOrBelow) } }] : []),
    ...(methods
      ? [
          {
            or_rules: {
              rules: methods.map((method) => ({
                header: { name: ':method', string_match: { exact: method } },
              })),
            },
          },
        ]
      : []),
  ];
  return rules.length === 0 ? { any: true } : { and_rules: { rules } };
}

/** Without the slash the prefix "/v1" would be "/v1x" too. */
function atOrBelow(path: string): Envoy[] {
  if (path.endsWith('/')) return [{ url_path: { path: { prefix: path } } }];
  return [{ url_path: { path: { exact: path } } }, { url_path: { path: { prefix: `${path}/` } } }];
}
