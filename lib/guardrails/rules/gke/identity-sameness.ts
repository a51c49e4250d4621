import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass, unknown } from '../../verdict';
import { CLUSTER } from './autopilot';

interface Projects {
  /** Number of clusters by project. */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of clusters whose project only Terraform knows. */
  readonly open: number;
}

function projectsOf(index: ResourceIndex): Projects {
  const counts = new Map<string, number>();
  let open = 0;
  for (const resource of index.ofType('google_container_cluster')) {
    const project = new Subject(resource, index).value('project');
    if (project.identity !== undefined) counts.set(project.identity, (counts.get(project.identity) ?? 0) + 1);
    else if (project.isOpen) open += 1;
  }
  return { counts, open };
}

/** Clusters that share the identities of their pods. */
export const identitySameness = rule('google_container_cluster', {
  id: 'GKE019',
  title: 'Clusters of one project that share a workload pool',
  severity: 'note',
  why: 'A pod has the same Google identity in each of them: who may create a namespace in one cluster has the access.',
  fix: 'Use a project for each trust domain, or restrict who may create namespaces and service accounts.',
  controls: ['SOC 2 CC6.1'],
  check: (cluster) => {
    const project = cluster.value('project');
    const { counts, open } = cluster.index.derive('clusters by project', projectsOf);
    const same = counts.get(project.identity ?? '') ?? 0;
    if (same > 1) {
      return fail(`${same} clusters use the workload pool of ${project.text}.`, { property: 'project' });
    }
    const others = project.isOpen ? counts.size + open - 1 : open;
    return project.isPresent && others > 0
      ? unknown('The project of a cluster is known after apply.', 'project')
      : pass;
  },
  passes: [CLUSTER],
  fails: [{ resource: { google_container_cluster: { a: CLUSTER, b: { ...CLUSTER, name: 'other' } } } }],
});
