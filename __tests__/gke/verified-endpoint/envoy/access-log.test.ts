import { google } from '../fixtures';
import { manager, type Part } from './configuration';

test('a request is one line of JSON without query and token, and health checks are none', () => {
  const [log, ...more] = manager('verified').access_log as readonly Part[];
  expect(more).toEqual([]);
  expect(log).toEqual({
    name: 'envoy.access_loggers.stdout',
    filter: { not_health_check_filter: {} },
    typed_config: {
      '@type': 'type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog',
      log_format: {
        omit_empty_values: true,
        formatters: [
          {
            name: 'envoy.formatter.cel',
            typed_config: { '@type': 'type.googleapis.com/envoy.extensions.formatter.cel.v3.Cel' },
          },
        ],
        json_format: {
          time: '%START_TIME%',
          caller:
            '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:google-0:email)%%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:aws-1:sub)%',
          issuer:
            '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:google-0:iss)%%DYNAMIC_METADATA(envoy.filters.http.jwt_authn:aws-1:iss)%',
          method: '%REQ(:METHOD)%',
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
          signed_run_id:
            "%CEL(metadata.filter_metadata['envoy.filters.http.jwt_authn']['aws-1']['https://sts.amazonaws.com/']['request_tags']['run-id'])%",
        },
      },
    },
  });
});

test('only tokens of AWS have a signed run id', () => {
  const [log] = manager('verified', { callers: [google] }).access_log as readonly Part[];
  const { log_format: format } = log!.typed_config as { log_format: { json_format: object } };
  expect(format.json_format).not.toHaveProperty('signed_run_id');
});
