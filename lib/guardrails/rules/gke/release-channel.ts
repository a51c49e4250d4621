import { rule } from '../../rule';
import { when } from '../../verdict';
import { CLUSTER, isStandard } from './autopilot';

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
    const hasChannel = channel.or('UNSPECIFIED').isNot('UNSPECIFIED');
    return channel.isPresent ? hasChannel : when(isStandard(cluster), hasChannel);
  },
  passes: [CLUSTER, { ...CLUSTER, release_channel: undefined }],
  fails: [
    { ...CLUSTER, enable_autopilot: false, release_channel: undefined },
    { ...CLUSTER, release_channel: { channel: 'UNSPECIFIED' } },
  ],
});
