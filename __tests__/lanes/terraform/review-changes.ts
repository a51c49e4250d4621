import type { EditableStack, PlanOptions } from './plan-session';

/** A change of an applied stack that its review must show. */
export interface ReviewedCase {
  readonly title: string;
  readonly stack: 'dev-orchestration' | 'dev-platform' | 'dev-workloads';
  readonly change?: (stack: EditableStack) => void;
  readonly options?: PlanOptions;
}

const inOrchestration = (
  title: string,
  change: ReviewedCase['change'],
  options: PlanOptions = {},
): ReviewedCase => ({
  title,
  stack: 'dev-orchestration',
  change,
  options,
});
const inWorkloads = (title: string, change: ReviewedCase['change']): ReviewedCase => ({
  title,
  stack: 'dev-workloads',
  change,
});
const inPlatform = (title: string, change: ReviewedCase['change']): ReviewedCase => ({
  title,
  stack: 'dev-platform',
  change,
});

const BUCKETS = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
const POLICY = ['aws_iam_role_policy', 'at-night_starter_policy', 'policy'] as const;
const TRUST = ['aws_iam_role', 'nightly_role', 'assume_role_policy'] as const;

/** Policies and trust policies of AWS. */
const OF_AWS: readonly ReviewedCase[] = [
  inOrchestration('a statement of a role policy is added', (stack) =>
    stack.editDocument(...POLICY, ({ Statement }) => Statement.push(BUCKETS)),
  ),
  inOrchestration('a condition of a role policy is removed', (stack) =>
    stack.editDocument(...POLICY, ({ Statement }) => {
      for (const each of Statement) delete each.Condition;
    }),
  ),
  inOrchestration('only a Sid of a role policy changes', (stack) =>
    stack.editDocument(...POLICY, ({ Statement }) => {
      Statement[0].Sid = 'Renamed';
    }),
  ),
  inOrchestration('a role policy is removed', (stack) => stack.remove(POLICY[0], POLICY[1])),
  inOrchestration('a role trusts everyone', (stack) =>
    stack.editDocument(...TRUST, ({ Statement }) => {
      Statement[0].Principal = '*';
    }),
  ),
  inOrchestration('a condition of a trust is removed', (stack) =>
    stack.editDocument(...TRUST, ({ Statement }) => {
      delete Statement[0].Condition;
    }),
  ),
  inOrchestration('sessions of a role are longer', (stack) =>
    stack.edit('aws_iam_role', 'nightly_role', (role) => {
      role.max_session_duration = 43_200;
    }),
  ),
  inOrchestration('a role gets an administrator policy', (stack) =>
    stack.add('aws_iam_role_policy_attachment', {
      role: `\${aws_iam_role.${stack.find('aws_iam_role', 'nightly_role')[0]}.name}`,
      policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  ),
  inOrchestration('a bucket policy loses its denials', (stack) =>
    stack.editDocument('aws_s3_bucket_policy', 'audit', 'policy', (document) => {
      document.Statement = document.Statement.filter(({ Effect }: { Effect: string }) => Effect !== 'Deny');
    }),
  ),
  inOrchestration('a queue policy loses its condition', (stack) =>
    stack.editDocument('aws_sqs_queue_policy', '', 'policy', ({ Statement }) => {
      delete Statement[0].Condition;
    }),
  ),
  inOrchestration('everyone may invoke a function', (stack) =>
    stack.add('aws_lambda_permission', {
      action: 'lambda:InvokeFunction',
      function_name: 'sales-gke-jobs',
      principal: '*',
    }),
  ),
];

const PROVIDER = 'google_iam_workload_identity_pool_provider';

/** Grants and federation of Google Cloud. */
const OF_GOOGLE: readonly ReviewedCase[] = [
  inOrchestration('the condition of a provider is wider', (stack) =>
    stack.edit(PROVIDER, '', (provider) => {
      provider.attribute_condition +=
        ' || attribute.aws_role == "arn:aws:sts::111111111111:assumed-role/other"';
    }),
  ),
  inOrchestration('the condition of a provider is removed', (stack) =>
    stack.edit(PROVIDER, '', (provider) => {
      delete provider.attribute_condition;
    }),
  ),
  inOrchestration('a pool gets another id', (stack) => {
    stack.edit('google_iam_workload_identity_pool', '', (pool) => {
      pool.workload_identity_pool_id = 'other-pool';
    });
    stack.edit(PROVIDER, '', (provider) => {
      provider.workload_identity_pool_id = 'other-pool';
    });
  }),
  inOrchestration('a custom role gets a permission', (stack) =>
    stack.edit('google_project_iam_custom_role', '', ({ permissions }) => {
      permissions.push('container.clusters.delete');
    }),
  ),
  inOrchestration('a member gets another role', (stack) =>
    stack.edit('google_project_iam_member', '', (member) => {
      member.role = 'roles/owner';
    }),
  ),
  inOrchestration('a member gets a condition', (stack) =>
    stack.edit('google_project_iam_member', '', (member) => {
      member.condition = {
        title: 'for a time',
        expression: 'request.time < timestamp("2030-01-01T00:00:00Z")',
      };
    }),
  ),
  inOrchestration('every identity of a pool impersonates an account', (stack) =>
    stack.edit('google_service_account_iam_member', '', (member) => {
      member.member =
        'principalSet://iam.googleapis.com/projects/100000000001/locations/global/workloadIdentityPools/aws-step-functions/*';
    }),
  ),
  inOrchestration('a binding is created', (stack) =>
    stack.add('google_project_iam_binding', {
      project: 'books-dev',
      role: 'roles/viewer',
      members: ['group:staff@example.com', 'allAuthenticatedUsers'],
    }),
  ),
  inOrchestration('a key of an account is created', (stack) =>
    stack.add('google_service_account_key', {
      service_account_id: `\${google_service_account.${stack.find('google_service_account')[0]}.name}`,
    }),
  ),
  inWorkloads('another member reads a secret', (stack) =>
    stack.add('google_secret_manager_secret_iam_member', {
      project: 'books-dev',
      secret_id: 'books-database-password',
      role: 'roles/secretmanager.secretAccessor',
      member: 'group:staff@example.com',
    }),
  ),
  inPlatform('nodes get the role of an editor', (stack) =>
    stack.edit('google_project_iam_member', 'node-role', (member) => {
      member.role = 'roles/editor';
    }),
  ),
];

const ROLE = ['kubernetes_role_v1', ''] as const;

/** RBAC and what protects a namespace. */
const OF_KUBERNETES: readonly ReviewedCase[] = [
  inOrchestration('a rule gets all verbs', (stack) =>
    stack.edit(...ROLE, ({ rule }) => {
      rule[0].verbs = ['*'];
    }),
  ),
  inOrchestration('rules change their order', (stack) => stack.edit(...ROLE, ({ rule }) => rule.reverse())),
  inOrchestration('a binding gets a subject', (stack) =>
    stack.edit('kubernetes_role_binding_v1', '', ({ subject }) => {
      subject.push({ api_group: 'rbac.authorization.k8s.io', kind: 'Group', name: 'staff' });
    }),
  ),
  inOrchestration('a group administrates the cluster', (stack) =>
    stack.add('kubernetes_cluster_role_binding_v1', {
      metadata: { name: 'admins' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ api_group: 'rbac.authorization.k8s.io', kind: 'Group', name: 'staff' }],
    }),
  ),
  inOrchestration('an admission policy is removed', (stack) => {
    stack.remove('kubernetes_manifest', 'admission-policy-binding');
    stack.remove('kubernetes_manifest', 'admission-policy_');
  }),
  inOrchestration('a network policy is removed', (stack) =>
    stack.remove('kubernetes_network_policy_v1', 'default-deny'),
  ),
  inWorkloads('a namespace allows privileged pods', (stack) =>
    stack.edit('kubernetes_namespace_v1', '', ({ metadata }) => {
      metadata.labels['pod-security.kubernetes.io/enforce'] = 'privileged';
    }),
  ),
  inWorkloads('pods get another image', (stack) =>
    stack.edit('kubernetes_deployment_v1', '', ({ spec }) => {
      spec.template.spec.container[0].image = `us-docker.pkg.dev/books-dev/images/other@sha256:${'1'.repeat(64)}`;
    }),
  ),
  inWorkloads('pods get another service account', (stack) =>
    stack.edit('kubernetes_deployment_v1', '', ({ spec }) => {
      spec.template.spec.service_account_name = 'default';
    }),
  ),
];

const SECRET = 'hunter2hunter2';

/** Everything else: data, moves, imports, values that must not appear. */
const OTHERS: readonly ReviewedCase[] = [
  inOrchestration('a state machine has another definition', (stack) =>
    stack.edit('aws_sfn_state_machine', 'nightly_state-machine', (machine) => {
      machine.definition = machine.definition.replace('"StartAt"', `"Comment":"${SECRET}","StartAt"`);
    }),
  ),
  inOrchestration('a function gets a secret in its environment, and more memory', (stack) =>
    stack.edit('aws_lambda_function', 'submit', (each) => {
      each.environment.variables.TOKEN = SECRET;
      each.memory_size = 1024;
    }),
  ),
  inOrchestration('a function gets a sensitive value', (stack) => {
    stack.json.variable = { token: { type: 'string', sensitive: true, default: SECRET } };
    stack.edit('aws_lambda_function', 'submit', (each) => {
      each.description = '${var.token}';
    });
  }),
  inOrchestration('a bucket is removed with its settings', (stack) => {
    for (const type of Object.keys(stack.json.resource).filter((each) => each.startsWith('aws_s3_')))
      stack.remove(type);
    stack.remove('aws_cloudtrail');
  }),
  inOrchestration('a queue gets another name', (stack) =>
    stack.edit('aws_sqs_queue', 'at-night', (queue) => {
      queue.name = 'other';
    }),
  ),
  inOrchestration('logs are kept for a shorter time', (stack) =>
    stack.edit('aws_cloudwatch_log_group', 'nightly_log', (group) => {
      group.retention_in_days = 1;
    }),
  ),
  inOrchestration('a resource moves', (stack) => {
    const [name, body] = stack.find('aws_cloudwatch_log_group', 'nightly_log');
    const from = stack.remove('aws_cloudwatch_log_group', 'nightly_log');
    stack.add('aws_cloudwatch_log_group', body, 'moved');
    stack.json = JSON.parse(JSON.stringify(stack.json).replaceAll(name, 'moved'));
    stack.json.moved = [{ from, to: 'aws_cloudwatch_log_group.moved' }];
  }),
  inOrchestration('a resource gets another address', (stack) => {
    const [, body] = stack.find('aws_iam_role_policy', 'at-night_caller_policy');
    stack.remove('aws_iam_role_policy', 'at-night_caller_policy');
    stack.add('aws_iam_role_policy', body, 'renamed');
  }),
  inOrchestration('a role policy is forgotten', (stack) => {
    const from = stack.remove('aws_iam_role_policy', 'at-night_caller_policy');
    stack.json.removed = [{ from, lifecycle: { destroy: false } }];
  }),
  inOrchestration('a queue is imported', (stack) => {
    stack.add('aws_sqs_queue', { name: 'found' });
    stack.json.import = [
      { to: 'aws_sqs_queue.added', id: 'https://sqs.us-east-1.amazonaws.com/111111111111/found' },
    ];
  }),
  inOrchestration('an account is replaced by request', undefined, {
    args: ['-replace=google_service_account.sales_identity_account_3B42DCF5'],
  }),
  inOrchestration('a check fails, and an output is added', (stack) => {
    const [cluster] = Object.keys(stack.json.data.google_container_cluster);
    stack.json.check = {
      health: {
        assert: [
          {
            condition: `\${data.google_container_cluster.${cluster}.name == ""}`,
            error_message: SECRET,
          },
        ],
      },
    };
    stack.json.output = { token: { value: SECRET, sensitive: true } };
  }),
  inWorkloads('a secret gets another id', (stack) =>
    stack.edit('google_secret_manager_secret', '', (secret) => {
      secret.secret_id = 'other';
    }),
  ),
  inPlatform('a cluster moves to another region', (stack) =>
    stack.edit('google_container_cluster', '', (cluster) => {
      cluster.location = 'europe-west1';
    }),
  ),
];

/** All cases. */
export const CASES: readonly ReviewedCase[] = [...OF_AWS, ...OF_GOOGLE, ...OF_KUBERNETES, ...OTHERS];
