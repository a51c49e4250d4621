import type { Fault } from './fault';

const denyOf = (permission: string, principal: string) => ({
  parent: 'cloudresourcemanager.googleapis.com%2Fprojects%2Fetl-prod',
  name: 'deny',
  rules: [{ deny_rule: [{ denied_principals: [principal], denied_permissions: [permission] }] }],
});

/** Faults of the cluster: RBAC, admission, network, and of the bucket. */
export const clusterFaults: readonly Fault[] = [
  // RBAC.
  {
    name: 'the binding names another user',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.subject[0].name = 'etl-gke-job@etl-prod.iam.gserviceaccount.com'),
  },
  {
    name: 'the binding names a group',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.subject[0].kind = 'Group'),
  },
  {
    name: 'the binding names a service account of Kubernetes',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.subject = [{ kind: 'ServiceAccount', name: 'loader', namespace: 'etl' }]),
  },
  {
    name: 'the binding is in another namespace',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.metadata.namespace = 'default'),
  },
  {
    name: 'the role is in another namespace',
    stage: 'RBAC',
    plant: (edit) => (edit.role.metadata.namespace = 'default'),
  },
  {
    name: 'the binding names another role',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.role_ref.name = 'etl-gke'),
  },
  {
    name: 'the binding names a ClusterRole',
    stage: 'RBAC',
    plant: (edit) => (edit.binding.role_ref.kind = 'ClusterRole'),
  },
  {
    name: 'the role has no verb to create',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].verbs = ['get', 'list', 'delete']),
  },
  {
    name: 'the rule is of another API group',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].api_groups = ['apps']),
  },
  {
    name: 'the rule is of another resource',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].resources = ['jobs/status']),
  },
  {
    name: 'the rule names a Job, which cannot be named before it is created',
    stage: 'RBAC',
    plant: (edit) => (edit.role.rule[0].resource_names = ['nightly']),
  },
  // Admission, and the service account of the pods.
  {
    name: 'the admission policy wants another service account',
    stage: 'admission',
    plant: (edit) => {
      const found = edit.validations.find(({ expression }) =>
        String(expression).includes('serviceAccountName'),
      )!;
      found.expression = String(found.expression).replace('== "etl"', '== "loader"');
    },
  },
  {
    name: 'the admission policy wants another namespace',
    stage: 'admission',
    plant: (edit) => (edit.validations[0]!.expression = 'request.namespace == "default"'),
  },
  {
    name: 'the service account has another name',
    stage: 'service account',
    plant: (edit) => (edit.account.metadata.name = 'etl2'),
  },
  {
    name: 'the service account is in another namespace',
    stage: 'service account',
    plant: (edit) => (edit.account.metadata.namespace = 'etl-2'),
  },
  // Network.
  {
    name: 'no policy opens the metadata server',
    stage: 'network',
    plant: (edit) => edit.removeNetwork('allow-metadata-server'),
  },
  {
    name: 'no policy opens Google APIs',
    stage: 'network',
    plant: (edit) => edit.removeNetwork('allow-google-apis'),
  },
  { name: 'no policy opens DNS', stage: 'network', plant: (edit) => edit.removeNetwork('allow-dns') },
  {
    name: 'another port of Google APIs',
    stage: 'network',
    plant: (edit) => (edit.network('allow-google-apis').spec.egress[0].ports[0].port = '4443'),
  },
  {
    name: 'only private addresses',
    stage: 'network',
    plant: (edit) =>
      (edit.network('allow-google-apis').spec.egress[0].to[0].ip_block = { cidr: '10.0.0.0/8' }),
  },
  // The bucket.
  {
    name: 'the role of the bucket only reads',
    stage: 'role',
    plant: (edit) => (edit.bucket.role = 'roles/storage.objectViewer'),
  },
  {
    name: 'the member of the bucket is another service account',
    stage: 'member',
    plant: (edit) => (edit.bucket.member = String(edit.bucket.member).replace(/sa\/etl$/, 'sa/loader')),
  },
  {
    name: 'the member of the bucket is in another namespace',
    stage: 'member',
    plant: (edit) => (edit.bucket.member = String(edit.bucket.member).replace('/ns/etl/', '/ns/default/')),
  },
  {
    name: 'the grant is on another bucket',
    stage: 'resource',
    plant: (edit) => (edit.bucket.bucket = 'etl-prod-stage'),
  },
  {
    name: 'the condition of the bucket has ended',
    stage: 'condition',
    plant: (edit) =>
      (edit.bucket.condition = {
        title: 'ended',
        expression: 'request.time < timestamp("2020-01-01T00:00:00Z")',
      }),
  },
  {
    name: 'the condition of the bucket is about another bucket',
    stage: 'condition',
    plant: (edit) =>
      (edit.bucket.condition = {
        title: 'other',
        expression: 'resource.name.startsWith("projects/_/buckets/other/objects/")',
      }),
  },
  {
    name: 'a deny policy for the pod',
    stage: 'denial',
    plant: (edit) =>
      edit.add(
        'google_iam_deny_policy',
        denyOf('storage.googleapis.com/objects.create', String(edit.bucket.member)),
      ),
  },
  {
    name: 'a deny policy for everybody',
    stage: 'denial',
    plant: (edit) =>
      edit.add(
        'google_iam_deny_policy',
        denyOf('storage.googleapis.com/objects.get', 'principalSet://goog/public:all'),
      ),
  },
];
