import { rule } from '../../rule';
import { when } from '../../verdict';

const SUBNET = { name: 'books', ip_cidr_range: '10.0.0.0/20', network: 'books' };
/** Subnets of Google's proxies, endpoints and gateways, which have no flow logs or no machines. */
const WITHOUT_LOGS = [
  'REGIONAL_MANAGED_PROXY',
  'GLOBAL_MANAGED_PROXY',
  'INTERNAL_HTTPS_LOAD_BALANCER',
  'PRIVATE_SERVICE_CONNECT',
  'PRIVATE_NAT',
];

/** Production subnets without flow logs. */
export const flowLogs = rule('google_compute_subnetwork', {
  id: 'GKE014',
  title: 'Production subnet without flow logs',
  severity: 'warning',
  profiles: ['prod'],
  why: 'After an incident, nothing shows which pod connected to which address.',
  fix: 'Set log_config.',
  controls: ['CIS GCP 3.8', 'SOC 2 CC7.2', 'ISO 27001 A.8.15'],
  check: (subnet) => {
    const hasLogs = subnet
      .value('purpose')
      .or('PRIVATE')
      .isNot(...WITHOUT_LOGS);
    return when(hasLogs, subnet.value('log_config').isSet());
  },
  passes: [
    { ...SUBNET, log_config: { flow_sampling: 0.5 } },
    { ...SUBNET, purpose: 'PRIVATE_SERVICE_CONNECT' },
  ],
  fails: [SUBNET],
});
