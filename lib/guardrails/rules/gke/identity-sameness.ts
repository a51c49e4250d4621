import { rule } from '../../rule';
import { fail, pass } from '../../verdict';
import { CLUSTER } from './autopilot';

/** Clusters that share the identities of their pods. */
export const identitySameness = rule('google_container_cluster', {
  id: 'GKE019',
  title: 'Clusters of one project that share a workload pool',
  severity: 'note',
  why: 'A pod has the same Google identity in each of them: who may create a namespace in one cluster has the access.',
  fix: 'Use a project for each trust domain, or restrict who may create namespaces and service accounts.',
  controls: ['SOC 2 CC6.1'],
  check: (cluster) => {
    const project = cluster.value('project').text;
    const others = cluster.index
      .ofType('google_container_cluster')
      .filter(
        ({ values, address, stack }) =>
          values.project === project &&
          (address !== cluster.resource.address || stack !== cluster.resource.stack),
      );
    if (project === '' || others.length === 0) return pass;
    return fail(`${others.length + 1} clusters use the workload pool of ${project}.`, {
      property: 'project',
    });
  },
  passes: [CLUSTER],
  fails: [{ resource: { google_container_cluster: { a: CLUSTER, b: { ...CLUSTER, name: 'other' } } } }],
});
