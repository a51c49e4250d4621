import { rule } from '../../rule';
import { fail, pass } from '../../verdict';

const ENDPOINT = { name: '1576972634', display_name: 'shelf', location: 'us-central1' };

/** Endpoints with a name or networks that Vertex AI rejects. */
export const endpointNetwork = rule('google_vertex_ai_endpoint', {
  id: 'VTX005',
  title: 'Endpoint with a name or a network that Vertex AI rejects',
  severity: 'error',
  why: 'The apply fails.',
  fix: 'Use a number of at most ten digits without a leading zero, and a network or Private Service Connect.',
  check: (endpoint) => {
    const name = endpoint
      .value('name')
      .matches(/^(0|[1-9]\d{0,9})$/, 'be a number of at most 10 digits without a leading zero');
    if (name.verdict !== 'pass') return name;
    const both =
      endpoint.value('network').isPresent && endpoint.value('private_service_connect_config').isPresent;
    return both ? fail('network excludes private_service_connect_config.', { property: 'network' }) : pass;
  },
  passes: [ENDPOINT],
  fails: [
    { ...ENDPOINT, name: 'shelf' },
    { ...ENDPOINT, network: 'n', private_service_connect_config: { enable_private_service_connect: true } },
  ],
  unknowns: [{ ...ENDPOINT, name: '${var.endpoint}' }],
});
