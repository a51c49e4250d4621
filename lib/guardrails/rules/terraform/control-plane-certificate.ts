import { rule } from '../../rule';
import { pass } from '../../verdict';

const DNS =
  'https://${data.google_container_cluster.c.control_plane_endpoints_config[0].dns_endpoint_config[0].endpoint}';

/** Providers that check the certificate of the DNS endpoint against that of the cluster. */
export const controlPlaneCertificate = rule('provider.kubernetes', {
  id: 'TFM003',
  title: 'DNS endpoint with the certificate of the cluster',
  severity: 'error',
  why: 'The DNS endpoint has a public certificate, so that every call fails with "unknown authority".',
  fix: 'Remove cluster_ca_certificate.',
  check: (provider) => {
    const isDns = /\.gke\.goog|dns_endpoint_config/.test(provider.value('host').text);
    return isDns ? provider.value('cluster_ca_certificate').isNotSet() : pass;
  },
  passes: [
    { host: DNS, token: 't' },
    { host: 'https://10.0.0.2', cluster_ca_certificate: 'c' },
  ],
  fails: [
    {
      host: DNS,
      cluster_ca_certificate:
        '${base64decode(data.google_container_cluster.c.master_auth[0].cluster_ca_certificate)}',
    },
  ],
});
