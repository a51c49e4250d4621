import { referencesIn } from '../../../model/values/value';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import type { ModelResource } from '../../../model/model';
import type { CheckedValue } from '../../checked-value';
import { any, every, fail, pass, unknown, when, type Verdict } from '../../verdict';
import { ACCOUNT_GRANTS, ofEachGrant, type Grant } from '../google-iam/grants';

const GRANT = {
  service_account_id: 'projects/p/serviceAccounts/x@p.iam.gserviceaccount.com',
  role: 'roles/iam.workloadIdentityUser',
  member: 'serviceAccount:p.svc.id.goog[books/api]',
};
const cluster = (values: object) => ({
  google_container_cluster: { c: { project: 'p', name: 'books', ...values } },
});

/** Workload identity users that Terraform can make before their pool exists. */
export const bindingOrder = rule(ACCOUNT_GRANTS, {
  id: 'GKE004',
  title: 'Workload identity user without a dependency on the cluster',
  severity: 'error',
  why: 'Google creates the pool with the first cluster of a project; before that, IAM rejects the member (400).',
  fix: 'Add the cluster to depends_on, or build the member from its workload_pool.',
  check: (grants) => {
    const clusters = grants.index
      .ofType('google_container_cluster')
      .filter(({ stack }) => stack === grants.resource.stack);
    if (clusters.length === 0) return pass;
    return ofEachGrant(grants, (grant) =>
      grant.members.flatMap((member) => isAfter(clusters, grants, grant, member)),
    );
  },
  passes: [
    GRANT,
    {
      resource: {
        ...cluster({}),
        google_service_account_iam_member: { x: { ...GRANT, depends_on: ['google_container_cluster.c'] } },
      },
    },
    {
      resource: {
        ...cluster({}),
        google_service_account_iam_member: {
          x: {
            ...GRANT,
            member:
              'serviceAccount:${google_container_cluster.c.workload_identity_config[0].workload_pool}[books/api]',
          },
        },
      },
    },
  ],
  fails: [{ resource: { ...cluster({}), google_service_account_iam_member: { x: GRANT } } }],
});

/** Verdicts for a member that needs the workload pool of a cluster. */
function isAfter(
  all: readonly ModelResource[],
  { resource, index }: Subject,
  { role }: Grant,
  member: CheckedValue,
): Verdict | readonly Verdict[] {
  const [, project] = /^serviceAccount:([^[\]]+)\.svc\.id\.goog\[/.exec(member.text) ?? [];
  if (project === undefined && !member.isOpen) return pass;
  const isProject = (cluster: ModelResource) => {
    const own = new Subject(cluster, index).value('project');
    return project === undefined || !own.isPresent ? pass : own.is(project);
  };
  const clusters = all.filter((each) => isProject(each).verdict !== 'fail');
  if (clusters.length === 0) return pass;
  const needed = new Set(clusters.map(({ address }) => address));
  const direct = [...resource.dependsOn, ...referencesIn(resource.values).map(({ address }) => address)];
  if (reaches(direct, needed, (address) => dependenciesOf(address))) return pass;
  return when(
    every(
      role.is('roles/iam.workloadIdentityUser'),
      any(unknown('The project of the clusters is known after apply.'), ...clusters.map(isProject)),
      project === undefined ? member.unknown() : pass,
    ),
    fail(`${[...needed].join(', ')} is in the same stack and can be made later.`, {
      property: 'depends_on',
    }),
  );

  function dependenciesOf(address: string): readonly string[] {
    return index
      .referred(resource.stack, { $kind: 'reference', address, attribute: '' })
      .flatMap((each) => [
        ...each.dependsOn,
        ...referencesIn(each.values).map((reference) => reference.address),
      ]);
  }
}

/** Whether one of the addresses, or what it depends on, is needed. */
function reaches(
  start: readonly string[],
  needed: ReadonlySet<string>,
  next: (address: string) => readonly string[],
): boolean {
  const seen = new Set<string>();
  const open = [...start];
  for (let address = open.pop(); address !== undefined; address = open.pop()) {
    if (needed.has(address)) return true;
    if (seen.has(address)) continue;
    seen.add(address);
    open.push(...next(address));
  }
  return false;
}
