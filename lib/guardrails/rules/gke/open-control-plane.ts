import { canBeBroad, isBroad } from '../../../core/cidr';
import { rule } from '../../rule';
import { every, when } from '../../verdict';
import { CLUSTER } from './autopilot';

const NETWORKS = 'master_authorized_networks_config';

/** Control planes that every address can reach. */
export const openControlPlane = rule('google_container_cluster', {
  id: 'GKE007',
  title: 'Control plane that every address can reach',
  severity: 'error',
  why: 'A stolen credential works from everywhere, and a flaw of the API server is open to the internet.',
  fix: 'Switch the IP endpoint off and use the DNS endpoint, or set master_authorized_networks_config.',
  controls: ['CIS GKE 5.6.3', 'SOC 2 CC6.6', 'ISO 27001 A.8.20'],
  check: (cluster) => {
    const endpoints = cluster.value('control_plane_endpoints_config.ip_endpoints_config.enabled').or(true);
    const isPrivate = cluster.value('private_cluster_config.enable_private_endpoint').or(false);
    const isPublic = every(endpoints.isNot(false), isPrivate.isNot(true));
    const networks = cluster.value(NETWORKS);
    if (!networks.isPresent) return when(isPublic, networks.must('be set when the IP endpoint is public'));
    return when(
      isPublic,
      ...cluster.blocks(`${NETWORKS}.cidr_blocks`).flatMap((block) => {
        const range = block.value('cidr_block');
        return when(
          range.meets(isBroad, canBeBroad),
          range.must('not have a prefix shorter than /8, or /32 for IPv6'),
        );
      }),
    );
  },
  passes: [
    CLUSTER,
    {
      ...CLUSTER,
      control_plane_endpoints_config: undefined,
      [NETWORKS]: { cidr_blocks: [{ cidr_block: '203.0.113.0/24' }, { cidr_block: '${var.address}/32' }] },
    },
    {
      ...CLUSTER,
      control_plane_endpoints_config: undefined,
      private_cluster_config: { enable_private_endpoint: true },
    },
  ],
  fails: [
    { ...CLUSTER, control_plane_endpoints_config: undefined },
    {
      ...CLUSTER,
      control_plane_endpoints_config: undefined,
      [NETWORKS]: { cidr_blocks: [{ cidr_block: '203.0.113.0/24' }, { cidr_block: '0.0.0.0/0' }] },
    },
    {
      ...CLUSTER,
      control_plane_endpoints_config: undefined,
      [NETWORKS]: { cidr_blocks: [{ cidr_block: '0.0.0.0/1' }, { cidr_block: '128.0.0.0/1' }] },
    },
  ],
  unknowns: [
    {
      ...CLUSTER,
      control_plane_endpoints_config: undefined,
      [NETWORKS]: { cidr_blocks: [{ cidr_block: '${var.cidr}' }] },
    },
  ],
});
