import { typed, type Envoy } from './typed';

/** Answered by Envoy itself, without a token, and never forwarded. */
export const HEALTH_PATH = '/healthz';

export function healthFilter(): Envoy {
  return {
    name: 'envoy.filters.http.health_check',
    typed_config: typed('envoy.extensions.filters.http.health_check.v3.HealthCheck', {
      pass_through_mode: false,
      headers: [{ name: ':path', string_match: { exact: HEALTH_PATH } }],
    }),
  };
}
