import { typed, type Envoy } from './typed';

/** Folder of the Secret with the certificate. */
export const CERTIFICATE_FOLDER = '/etc/envoy-certificate';

/** Folder of the configuration. */
export const CONFIGURATION_FOLDER = '/etc/envoy';

/** File that tells where the certificate is. */
export const CERTIFICATE_FILE = 'certificate.yaml';

const NAME = 'certificate';

/** TLS towards callers. The certificate has a separate configuration file, because Envoy reloads it only then. */
export function downstreamTls(): Envoy {
  return {
    name: 'envoy.transport_sockets.tls',
    typed_config: typed('envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext', {
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2' },
        alpn_protocols: ['h2', 'http/1.1'],
        tls_certificate_sds_secret_configs: [
          {
            name: NAME,
            sds_config: {
              resource_api_version: 'V3',
              path_config_source: { path: `${CONFIGURATION_FOLDER}/${CERTIFICATE_FILE}` },
            },
          },
        ],
      },
    }),
  };
}

/** The file that `downstreamTls` names. */
export function certificateResource(): Envoy {
  return {
    resources: [
      typed('envoy.extensions.transport_sockets.tls.v3.Secret', {
        name: NAME,
        tls_certificate: {
          certificate_chain: { filename: `${CERTIFICATE_FOLDER}/tls.crt` },
          private_key: { filename: `${CERTIFICATE_FOLDER}/tls.key` },
          // Kubernetes replaces the folder as a whole.
          watched_directory: { path: CERTIFICATE_FOLDER },
        },
      }),
    ],
  };
}
