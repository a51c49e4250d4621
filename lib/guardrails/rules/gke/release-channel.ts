import { rule } from '../../rule';
import { pass } from '../../verdict';
import { CLUSTER, isAutopilot } from './autopilot';

/** Clusters without automatic upgrades. */
export const releaseChannel = rule('google_container_cluster', {
  id: 'GKE009',
  title: 'Cluster without a release channel',
  severity: 'warning',
  why: 'The cluster keeps its version until Google forces an upgrade at a time that the team did not plan.',
  fix: 'Set release_channel.channel to REGULAR or STABLE.',
  controls: ['CIS GKE 5.5.4', 'SOC 2 CC7.1', 'ISO 27001 A.8.8'],
  check: (cluster) => {
    const channel = cluster.value('release_channel.channel');
    // Without a channel, the provider and GKE choose REGULAR for Autopilot.
    if (!channel.isPresent && isAutopilot(cluster)) return pass;
    return channel.or('UNSPECIFIED').isNot('UNSPECIFIED');
  },
  passes: [CLUSTER, { ...CLUSTER, release_channel: undefined }],
  fails: [
    { ...CLUSTER, enable_autopilot: false, release_channel: undefined },
    { ...CLUSTER, release_channel: { channel: 'UNSPECIFIED' } },
  ],
});
