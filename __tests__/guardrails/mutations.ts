/** Arguments of a resource. */
export type Block = Record<string, unknown>;

/** A dangerous change of one block in the stacks of production. */
export interface Mutation {
  readonly title: string;
  /** Type of the first resource that is changed. */
  readonly type: string;
  /** Whether a resource of the type is the one to change. */
  readonly where?: (block: Block) => boolean;
  /** Changes a copy of the block. */
  readonly change: (block: Block) => void;
  /** Rule that must find it. */
  readonly rule: string;
}

const MEMBER = 'serviceAccount:sales-gke-jobs@books-prod.iam.gserviceaccount.com';
const set =
  (path: string, value: unknown) =>
  (block: Block): void => {
    const names = path.split('.');
    const last = names.pop() as string;
    let target = block;
    for (const name of names) target = (target[name] ??= {}) as Block;
    if (value === undefined) delete target[last];
    else target[last] = value;
  };
const text = (property: string, from: string | RegExp, to: string) => (block: Block) => {
  const before = String(block[property]);
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${property} must contain ${String(from)}.`);
  block[property] = after;
};
const contains = (property: string, part: string) => (block: Block) => String(block[property]).includes(part);
const pod = (path: string, value: unknown) => set(`spec.template.spec.${path}`, value);
const container = (change: (container: Block) => void) => (block: Block) => {
  const { spec } = block as unknown as { spec: { template: { spec: { container: Block[] } } } };
  spec.template.spec.container.forEach(change);
};

const project: readonly Mutation[] = [
  ...['roles/owner', 'roles/editor', 'roles/viewer'].map((role) => ({
    title: `a member gets ${role}`,
    type: 'google_project_iam_member',
    change: set('role', role),
    rule: 'GCP002',
  })),
  ...['roles/storage.admin', 'roles/container.admin', 'roles/resourcemanager.projectIamAdmin'].map(
    (role) => ({
      title: `a workload gets ${role}`,
      type: 'google_project_iam_member',
      change: (block: Block) => Object.assign(block, { role, member: MEMBER }),
      rule: 'GCP003',
    }),
  ),
  ...[
    'roles/iam.serviceAccountTokenCreator',
    'roles/iam.serviceAccountUser',
    'roles/iam.workloadIdentityUser',
  ].map((role) => ({
    title: `${role} on the project`,
    type: 'google_project_iam_member',
    change: set('role', role),
    rule: 'GCP005',
  })),
  ...['roles/secretmanager.secretAccessor', 'roles/storage.objectViewer'].map((role) => ({
    title: `${role} on the project`,
    type: 'google_project_iam_member',
    change: (block: Block) => Object.assign(block, { role, '//': {} }),
    rule: 'GCP011',
  })),
  ...['roles/aiplatform.user', 'roles/aiplatform.admin'].map((role) => ({
    title: `a workload gets ${role}`,
    type: 'google_project_iam_member',
    change: (block: Block) => Object.assign(block, { role, member: MEMBER }),
    rule: 'VTX001',
  })),
  ...['allUsers', 'allAuthenticatedUsers'].map((member) => ({
    title: `a secret for ${member}`,
    type: 'google_secret_manager_secret_iam_member',
    change: set('member', member),
    rule: 'GCP007',
  })),
  {
    title: 'the whole pool impersonates an account',
    type: 'google_service_account_iam_member',
    change: set(
      'member',
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/*',
    ),
    rule: 'GCP008',
  },
  {
    title: 'a workload identity member in another form',
    type: 'google_service_account_iam_member',
    where: ({ role }) => String(role) === 'roles/iam.workloadIdentityUser',
    change: set('member', 'serviceAccount:books-prod.svc.id.goog/books/fastapi-books'),
    rule: 'GCP006',
  },
  {
    title: 'the annotation names an account that the pod may not impersonate',
    type: 'kubernetes_service_account_v1',
    where: (block) => JSON.stringify(block).includes('iam.gke.io/gcp-service-account'),
    change: set('metadata.name', 'other'),
    rule: 'GKE005',
  },
  {
    title: 'the provider has no condition',
    type: 'google_iam_workload_identity_pool_provider',
    change: set('attribute_condition', undefined),
    rule: 'GCP015',
  },
  {
    title: 'the condition of the provider is true',
    type: 'google_iam_workload_identity_pool_provider',
    change: set('attribute_condition', 'true'),
    rule: 'GCP015',
  },
  ...['iam.serviceAccounts.getAccessToken', 'resourcemanager.projects.setIamPolicy', 'iam.roles.update'].map(
    (permission) => ({
      title: `a custom role with ${permission}`,
      type: 'google_project_iam_custom_role',
      change: set('permissions', [permission]),
      rule: 'GCP014',
    }),
  ),
];

const cluster: readonly Mutation[] = (
  [
    ['workload_identity_config.workload_pool', 'other.svc.id.goog', 'GKE001'],
    ['cluster_autoscaling', undefined, 'GKE003'],
    ['private_cluster_config.enable_private_nodes', false, 'GKE006'],
    ['deletion_protection', false, 'GKE008'],
    ['release_channel.channel', 'UNSPECIFIED', 'GKE009'],
    ['enable_legacy_abac', true, 'GKE011'],
    ['rbac_binding_config.enable_insecure_binding_system_unauthenticated', true, 'GKE011'],
    ['master_auth.client_certificate_config.issue_client_certificate', true, 'GKE011'],
    ['node_pool_auto_config.node_kubelet_config.insecure_kubelet_readonly_port_enabled', 'TRUE', 'GKE012'],
    ['enable_shielded_nodes', true, 'GKE017'],
    ['enable_autopilot', false, 'GKE003'],
  ] as const
).map(([path, value, rule]) => ({
  title: `${path} is ${String(value)}`,
  type: 'google_container_cluster',
  change: set(path, value),
  rule,
}));

const objects: readonly Mutation[] = [
  ...(
    [
      ['host_network', true, 'K8S002'],
      ['host_pid', true, 'K8S002'],
      ['host_ipc', true, 'K8S002'],
      ['volume', [{ name: 'node', host_path: { path: '/' } }], 'K8S002'],
      ['automount_service_account_token', undefined, 'K8S003'],
      ['service_account_name', 'default', 'K8S004'],
      ['service_account_name', undefined, 'K8S004'],
    ] as const
  ).map(([path, value, rule]) => ({
    title: `pods with ${path} ${JSON.stringify(value)}`,
    type: 'kubernetes_deployment_v1',
    change: pod(path, value),
    rule,
  })),
  ...(
    [
      ['security_context.privileged', true, 'K8S001'],
      ['security_context.capabilities.add', ['SYS_ADMIN'], 'K8S001'],
      ['image', 'us-docker.pkg.dev/books-shared/images/fastapi-books:latest', 'K8S006'],
      ['security_context.run_as_non_root', false, 'K8S007'],
      ['security_context.allow_privilege_escalation', true, 'K8S008'],
      ['resources', {}, 'K8S009'],
      ['env', [{ name: 'GOOGLE_APPLICATION_CREDENTIALS', value: '/key.json' }], 'K8S010'],
      ['env', [{ name: 'AWS_SECRET_ACCESS_KEY', value: 'x' }], 'K8S010'],
    ] as const
  ).map(([path, value, rule]) => ({
    title: `containers with ${path} ${JSON.stringify(value)}`,
    type: 'kubernetes_deployment_v1',
    change: container(set(path, value)),
    rule,
  })),
  {
    title: 'pods in kube-system',
    type: 'kubernetes_deployment_v1',
    change: set('metadata.namespace', 'kube-system'),
    rule: 'K8S005',
  },
  {
    title: 'a namespace without labels',
    type: 'kubernetes_namespace_v1',
    change: set('metadata.labels', undefined),
    rule: 'K8S019',
  },
  {
    title: 'a policy that is open to all',
    type: 'kubernetes_network_policy_v1',
    change: set('spec.ingress', [{}]),
    rule: 'K8S012',
  },
  ...(
    [
      [['*'], ['jobs'], 'K8S013'],
      [['get'], ['*'], 'K8S013'],
      [['escalate'], ['roles'], 'K8S014'],
      [['bind'], ['roles'], 'K8S014'],
      [['impersonate'], ['users'], 'K8S014'],
      [['create'], ['pods/exec'], 'K8S015'],
      [['create'], ['serviceaccounts/token'], 'K8S015'],
    ] as const
  ).map(([verbs, resources, rule]) => ({
    title: `a role that may ${verbs.join()} ${resources.join()}`,
    type: 'kubernetes_role_v1',
    change: set('rule', [{ api_groups: [''], resources, verbs }]),
    rule,
  })),
  {
    title: 'cluster-admin',
    type: 'kubernetes_role_binding_v1',
    change: set('role_ref.name', 'cluster-admin'),
    rule: 'K8S017',
  },
  ...['system:authenticated', 'system:anonymous', 'system:masters'].map((name) => ({
    title: `a binding to ${name}`,
    type: 'kubernetes_role_binding_v1',
    change: set('subject', [{ kind: 'Group', name }]),
    rule: 'K8S018',
  })),
];

const trust = (statement: object) =>
  set('assume_role_policy', JSON.stringify({ Statement: [{ Effect: 'Allow', ...statement }] }));
const policy = (statement: object) =>
  set('policy', JSON.stringify({ Statement: [{ Effect: 'Allow', ...statement }] }));

const aws: readonly Mutation[] = [
  {
    title: 'every account assumes a role',
    type: 'aws_iam_role',
    change: trust({ Principal: '*', Action: 'sts:AssumeRole' }),
    rule: 'AWS004',
  },
  {
    title: 'a trust without the source account',
    type: 'aws_iam_role',
    change: trust({ Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    rule: 'AWS005',
  },
  {
    title: 'a trust of every pod of a cluster',
    type: 'aws_iam_role',
    change: trust({
      Principal: { Federated: 'arn:aws:iam::1:oidc-provider/x' },
      Action: 'sts:AssumeRoleWithWebIdentity',
    }),
    rule: 'AWS002',
  },
  {
    title: 'a policy for everything',
    type: 'aws_iam_role_policy',
    change: policy({ Action: '*', Resource: '*' }),
    rule: 'AWS006',
  },
  {
    title: 'a policy with NotAction',
    type: 'aws_iam_role_policy',
    change: policy({ NotAction: 's3:*', Resource: '*' }),
    rule: 'AWS006',
  },
  ...['iam:PassRole', 'sts:AssumeRole', 'lambda:UpdateFunctionCode', 'iam:Put*', 'IAM:PASSROLE'].map(
    (action) => ({
      title: `${action} on every resource`,
      type: 'aws_iam_role_policy',
      change: policy({ Action: action, Resource: '*' }),
      rule: 'AWS008',
    }),
  ),
  {
    title: 'answers for every task',
    type: 'aws_iam_role_policy',
    change: policy({ Action: 'states:SendTaskSuccess', Resource: '*' }),
    rule: 'AWS009',
  },
  {
    title: 'tokens for every audience',
    type: 'aws_iam_role_policy',
    change: policy({ Action: 'sts:GetWebIdentityToken', Resource: '*' }),
    rule: 'AWS010',
  },
  {
    title: 'HTTP calls to every endpoint',
    type: 'aws_iam_role_policy',
    change: policy({ Action: 'states:InvokeHTTPEndpoint', Resource: '*' }),
    rule: 'SFN011',
  },
  {
    title: 'a public queue',
    type: 'aws_sqs_queue_policy',
    change: policy({ Principal: '*', Action: 'sqs:*', Resource: '*' }),
    rule: 'AWS011',
  },
  {
    title: 'a public bucket',
    type: 'aws_s3_bucket_policy',
    change: policy({ Principal: { AWS: '*' }, Action: 's3:GetObject', Resource: '*' }),
    rule: 'AWS011',
  },
  {
    title: 'logs for ever',
    type: 'aws_cloudwatch_log_group',
    change: set('retention_in_days', undefined),
    rule: 'AWS015',
  },
  {
    title: 'a key in a function',
    type: 'aws_lambda_function',
    change: set('environment.variables.AWS_ACCESS_KEY_ID', 'x'),
    rule: 'AWS014',
  },
];

const machine = (title: string, rule: string, change: (block: Block) => void, part = ''): Mutation => ({
  title,
  type: 'aws_sfn_state_machine',
  where: contains('definition', part),
  change,
  rule,
});

const machines: readonly Mutation[] = [
  machine('a Task without a time-out', 'SFN001', (block) => {
    const definition = JSON.parse(String(block.definition)) as { States: Record<string, Block> };
    const tasks = Object.values(definition.States).filter(({ Type }) => Type === 'Task');
    tasks.forEach((task) => delete task.TimeoutSeconds);
    block.definition = JSON.stringify(definition);
  }),
  machine('a machine without a time-out', 'SFN002', (block) => {
    text('definition', /\n {2}"TimeoutSeconds": \d+,/, '')(block);
    set('type', 'STANDARD')(block);
  }),
  machine(
    'a heartbeat over the time-out',
    'SFN003',
    text('definition', '"Type": "Task",', '"Type": "Task", "HeartbeatSeconds": 999999,'),
  ),
  machine(
    'a token that nobody gets',
    'SFN004',
    text(
      'definition',
      /"arn:aws:states:::(lambda:invoke|sqs:sendMessage|states:startExecution)"/,
      '"arn:aws:states:::sqs:sendMessage.waitForTaskToken"',
    ),
    'arn:aws:states:::',
  ),
  machine('no log', 'SFN013', (block) =>
    Object.assign(block, { logging_configuration: { level: 'OFF' }, '//': {} }),
  ),
  machine('data in the log', 'SFN013', (block) => {
    set('logging_configuration.include_execution_data', true)(block);
    set('//', {})(block);
  }),
  machine(
    'a Choice without a default',
    'SFN012',
    text('definition', /,\s*"Default": "[^"]*"/, ''),
    '"Default"',
  ),
  {
    title: 'an event target without a queue',
    type: 'aws_cloudwatch_event_target',
    change: set('dead_letter_config', undefined),
    rule: 'SFN014',
  },
  {
    title: 'a schedule without a queue',
    type: 'aws_scheduler_schedule',
    change: set('target.dead_letter_config', undefined),
    rule: 'SFN014',
  },
];

/** Dangerous changes of existing blocks. */
export const mutations: readonly Mutation[] = [...project, ...cluster, ...objects, ...aws, ...machines];
