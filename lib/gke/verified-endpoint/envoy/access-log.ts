import { verifiedClaim, verifiedTag } from './jwt-filter';
import type { TrustedIssuer } from './trusted-issuer';
import { typed, type Envoy } from './typed';

/** One line of JSON a request on stdout: the caller, the request and the response. Never the token. */
export function accessLog(issuers: readonly TrustedIssuer[]): Envoy {
  const ofAws = issuers.filter(({ claim }) => claim === 'sub');
  return {
    name: 'envoy.access_loggers.stdout',
    filter: { not_health_check_filter: {} },
    typed_config: typed('envoy.extensions.access_loggers.stream.v3.StdoutAccessLog', {
      log_format: {
        // Of the claims below those of one issuer are there; the rest would stand as "-" beside them.
        omit_empty_values: true,
        formatters: [
          { name: 'envoy.formatter.cel', typed_config: typed('envoy.extensions.formatter.cel.v3.Cel', {}) },
        ],
        json_format: {
          time: '%START_TIME%',
          caller: issuers.map((issuer) => verifiedClaim(issuer, issuer.claim)).join(''),
          issuer: issuers.map((issuer) => verifiedClaim(issuer, 'iss')).join(''),
          method: '%REQ(:METHOD)%',
          // Without the query, in which people put secrets.
          path: '%PATH(NQ)%',
          status: '%RESPONSE_CODE%',
          reason: '%RESPONSE_CODE_DETAILS%',
          flags: '%RESPONSE_FLAGS%',
          duration_ms: '%DURATION%',
          bytes_received: '%BYTES_RECEIVED%',
          bytes_sent: '%BYTES_SENT%',
          client: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
          request_id: '%REQ(X-REQUEST-ID)%',
          run_id: '%REQ(X-RUN-ID)%',
          ...(ofAws.length > 0 && {
            signed_run_id: ofAws.map((issuer) => verifiedTag(issuer, 'run-id')).join(''),
          }),
        },
      },
    }),
  };
}
