import { set, type Block, type Mutation } from './mutation';

const pod = (path: string, value: unknown) => set(`spec.template.spec.${path}`, value);
const container = (change: (container: Block) => void) => (block: Block) => {
  const { spec } = block as unknown as { spec: { template: { spec: { container: Block[] } } } };
  spec.template.spec.container.forEach(change);
};

/** Changes of Kubernetes objects. */
export const kubernetesMutations: readonly Mutation[] = [
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
      ['security_context.capabilities.add', ['NET_ADMIN'], 'K8S001'],
      ['security_context.capabilities.add', ['ALL'], 'K8S001'],
      ['env', [{ name: 'AWS_ACCESS_KEY_ID', value: 'x' }], 'K8S010'],
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
      [['impersonate:serviceaccount'], ['serviceaccounts'], 'K8S014'],
      [['create'], ['pods/attach'], 'K8S015'],
      [['get'], ['nodes/proxy'], 'K8S015'],
      [['update'], ['pods/ephemeralcontainers'], 'K8S015'],
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
  ...[
    'system:authenticated',
    'system:anonymous',
    'system:masters',
    'system:unauthenticated',
    'system:serviceaccounts',
  ].map((name) => ({
    title: `a binding to ${name}`,
    type: 'kubernetes_role_binding_v1',
    change: set('subject', [{ kind: 'Group', name }]),
    rule: 'K8S018',
  })),
  {
    title: 'a namespace for privileged pods',
    type: 'kubernetes_namespace_v1',
    change: set('metadata.labels', { 'pod-security.kubernetes.io/enforce': 'privileged' }),
    rule: 'K8S019',
  },
  {
    title: 'ingress from every address',
    type: 'kubernetes_network_policy_v1',
    change: set('spec.ingress', [{ from: [{ ip_block: { cidr: '0.0.0.0/0' } }] }]),
    rule: 'K8S012',
  },
  {
    title: 'egress to every address',
    type: 'kubernetes_network_policy_v1',
    change: set('spec.egress', [{ to: [{ ip_block: { cidr: '::/0' } }] }]),
    rule: 'K8S012',
  },
];
