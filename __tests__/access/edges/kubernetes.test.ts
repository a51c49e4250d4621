import { graphOf, linesOf } from '../graph/graph-of';

const metadata = (name: string, more: object = {}) => [{ name, namespace: 'etl', ...more }];
const binding = (role: string, ...subjects: readonly object[]) => ({
  metadata: metadata('b'),
  role_ref: [{ api_group: 'rbac.authorization.k8s.io', kind: 'Role', name: role }],
  subject: subjects,
});
const group = { kind: 'Group', name: 'staff' };
const role = (...rules: readonly object[]) => ({ metadata: metadata('r'), rule: rules });
const accounts = { a: { metadata: metadata('a') }, b: { metadata: metadata('b') } };

test.each<[string, object, string]>([
  ['a group', group, 'kubernetes.subject/Group staff'],
  [
    'a service account',
    { kind: 'ServiceAccount', name: 'x', namespace: 'other' },
    'kubernetes.serviceAccount/other/x',
  ],
  [
    'a service account of the namespace',
    { kind: 'ServiceAccount', name: 'x' },
    'kubernetes.serviceAccount/etl/x',
  ],
  [
    'a Google service account',
    { kind: 'User', name: 'x@p.iam.gserviceaccount.com' },
    'google.serviceAccount/x@p.iam.gserviceaccount.com',
  ],
  ['a user', { kind: 'User', name: 'ada@example.com' }, 'kubernetes.subject/User ada@example.com'],
])('a subject is %s', (_, subject, from) => {
  const graph = graphOf({
    kubernetes_role_v1: {
      r: role({ api_groups: ['', 'apps'], resources: ['pods/log'], verbs: ['get', 'list'] }),
    },
    kubernetes_role_binding_v1: { b: binding('r', subject) },
  });
  expect(linesOf(graph)).toEqual([
    `grants | ${from} -> kubernetes.namespace/etl | Role/r | get apps/pods/log | get pods/log | list apps/pods/log | list pods/log`,
  ]);
});

test('a subject that creates Jobs starts pods with each service account of the namespace', () => {
  const graph = graphOf({
    kubernetes_service_account_v1: { ...accounts, other: { metadata: [{ name: 'c', namespace: 'other' }] } },
    kubernetes_role_v1: {
      r: role({ api_groups: ['batch'], resources: ['jobs'], verbs: ['create'], resource_names: [] }),
    },
    kubernetes_role_binding_v1: { b: binding('r', group) },
  });
  expect(linesOf(graph).filter((line) => line.startsWith('starts'))).toEqual([
    'starts | kubernetes.subject/Group staff -> kubernetes.serviceAccount/etl/a',
    'starts | kubernetes.subject/Group staff -> kubernetes.serviceAccount/etl/b',
  ]);
});

test('an admission policy limits the service accounts', () => {
  const name = 'x@p.iam.gserviceaccount.com';
  const graph = graphOf({
    kubernetes_service_account_v1: accounts,
    kubernetes_role_v1: { r: role({ api_groups: ['batch'], resources: ['jobs'], verbs: ['create'] }) },
    kubernetes_role_binding_v1: { b: binding('r', { kind: 'User', name }) },
    kubernetes_manifest: {
      p: {
        manifest: {
          apiVersion: 'admissionregistration.k8s.io/v1',
          kind: 'ValidatingAdmissionPolicy',
          metadata: { name: 'jobs' },
          spec: {
            matchConditions: [{ name: 'x', expression: `request.userInfo.username == "${name}"` }],
            validations: [{ expression: 'object.spec.template.spec.serviceAccountName == "a"' }],
          },
        },
      },
    },
  });
  expect(linesOf(graph).filter((line) => line.startsWith('starts'))).toEqual([
    `starts | google.serviceAccount/${name} -> kubernetes.serviceAccount/etl/a | if ValidatingAdmissionPolicy jobs`,
  ]);
});

test('cluster roles: the whole cluster, aggregation, names, built-in roles and unknown ones', () => {
  const clusterBinding = (name: string) => ({
    metadata: [{ name: 'b' }],
    role_ref: [{ kind: 'ClusterRole', name }],
    subject: [group],
  });
  const graph = graphOf({
    kubernetes_cluster_role_v1: {
      sum: {
        metadata: [{ name: 'sum' }],
        aggregation_rule: [{ cluster_role_selectors: [{ match_labels: { sum: 'true' } }] }],
      },
      part: {
        metadata: [{ name: 'part', labels: { sum: 'true' } }],
        rule: [{ api_groups: [''], resources: ['secrets'], resource_names: ['db', 'api'], verbs: ['get'] }],
      },
    },
    kubernetes_cluster_role_binding_v1: {
      a: clusterBinding('sum'),
      b: clusterBinding('cluster-admin'),
      c: clusterBinding('made-elsewhere'),
    },
  });
  const to = 'kubernetes.subject/Group staff -> kubernetes.resource/cluster';
  expect(linesOf(graph)).toEqual([
    `grants | ${to} | ClusterRole/cluster-admin | * *`,
    `grants | ${to} | ClusterRole/made-elsewhere | possible`,
    `grants | ${to} | ClusterRole/sum | get secrets=db,api`,
  ]);
});

test('objects of manifests, and the accounts of workloads', () => {
  const graph = graphOf({
    kubernetes_manifest: {
      role: {
        manifest: {
          kind: 'Role',
          metadata: { name: 'r', namespace: 'etl' },
          rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
        },
      },
      binding: {
        manifest: {
          kind: 'RoleBinding',
          metadata: {
            name: 'b',
            namespace: 'etl',
            annotations: { 'cdktf-multicloud.dev/reason': 'looks at pods' },
          },
          roleRef: { kind: 'Role', name: 'r' },
          subjects: [group],
        },
      },
    },
    kubernetes_deployment_v1: {
      d: { metadata: metadata('web'), spec: [{ template: [{ spec: [{ service_account_name: 'a' }] }] }] },
    },
    kubernetes_cron_job_v1: {
      c: {
        metadata: metadata('tidy'),
        spec: [{ job_template: [{ spec: [{ template: [{ spec: [{}] }] }] }] }],
      },
    },
  });
  expect(linesOf(graph)).toEqual([
    'grants | kubernetes.subject/Group staff -> kubernetes.namespace/etl | Role/r | get pods',
    'runsAs | kubernetes.workload/etl/CronJob/tidy -> kubernetes.serviceAccount/etl/default',
    'runsAs | kubernetes.workload/etl/Deployment/web -> kubernetes.serviceAccount/etl/a',
  ]);
  expect(graph.edges.find(({ kind }) => kind === 'grants')!.reason).toBe('looks at pods');
});

test('rules about URLs and whole groups, in a typed resource and in a manifest', () => {
  const subjects = [{ kind: 'User', name: 'ada' }];
  const graph = graphOf({
    kubernetes_cluster_role_v1: {
      typed: {
        metadata: [{ name: 'typed' }],
        rule: [
          { non_resource_urls: ['/healthz', '*'], verbs: ['get'] },
          { api_groups: [''], resources: ['*', '*/scale', 'jobs/log'], verbs: ['list'] },
        ],
      },
    },
    kubernetes_manifest: {
      role: {
        manifest: {
          kind: 'ClusterRole',
          metadata: { name: 'plain' },
          rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
        },
      },
      binding: {
        manifest: {
          kind: 'ClusterRoleBinding',
          metadata: { name: 'plain' },
          roleRef: { kind: 'ClusterRole', name: 'plain' },
          subjects,
        },
      },
    },
    kubernetes_cluster_role_binding_v1: {
      typed: {
        metadata: [{ name: 'typed' }],
        role_ref: [{ kind: 'ClusterRole', name: 'typed' }],
        subject: subjects,
      },
    },
  });
  const to = 'kubernetes.subject/User ada -> kubernetes.resource/cluster';
  expect(linesOf(graph)).toEqual([
    `grants | ${to} | ClusterRole/plain | get /metrics`,
    `grants | ${to} | ClusterRole/typed | get /* | get /healthz | list core/* | list core/*/scale | list core/jobs/log`,
  ]);
});
