import { TerraformVariable, type TerraformStack } from 'cdktf';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import type { LabelBasedAccess } from '../../lib/gke/label-based-role';
import { Workload } from '../../lib/gke/workload';
import type { IWorkloadIdentity } from '../../lib/identity/google/workload-identity-binding-props';
import { refusal, resource, sibling, synthesized, testStack } from '../synth';
import { namespace } from './namespace-fixtures';

describe('a role by label', () => {
  const project = { id: 'my-project', number: '1' };
  const account = (stack: TerraformStack, name: string, labels: Record<string, string>, more: object = {}) =>
    (
      (stack.node.tryFindChild('cluster') as GkeCluster | undefined) ??
      GkeCluster.fromAttributes(stack, 'cluster', { project, name: 'books', location: 'us-central1' })
    ).addWorkloadIdentity(name, {
      namespace: 'books',
      serviceAccountName: name,
      reason: 'x',
      labels,
      ...more,
    });
  const workload = (
    stack: TerraformStack,
    name: string,
    identity: IWorkloadIdentity,
    labels: Record<string, string>,
  ) =>
    new Workload(stack, name, {
      name,
      identity,
      labels,
      image: `r/${name}@sha256:${'0'.repeat(64)}`,
      port: 8000,
    });
  const access: LabelBasedAccess = {
    serviceAccounts: { team: 'books' },
    verbs: ['get', 'patch'],
    resources: ['deployments.apps'],
    reason: 'restarts the service',
  };
  const subjects = (stack: TerraformStack) => resource(stack, 'kubernetes_role_binding_v1').subject;

  test('finds its accounts among those of the stack, and says why', () => {
    const stack = testStack();
    account(stack, 'reader', { team: 'books' });
    account(stack, 'stranger', { team: 'shop' });
    namespace(stack).allowByLabel('restart', { ...access, owner: 'team-books' });
    const metadata = {
      name: 'restart',
      namespace: 'books',
      annotations: {
        'cdktf-multicloud.dev/reason': 'restarts the service',
        'cdktf-multicloud.dev/owner': 'team-books',
      },
    };
    expect(resource(stack, 'kubernetes_role_v1')).toEqual({
      '//': { reason: 'restarts the service', owner: 'team-books' },
      depends_on: [expect.stringMatching(/^kubernetes_namespace_v1\.namespace_/)],
      metadata,
      rule: [{ api_groups: ['apps'], resources: ['deployments'], verbs: ['get', 'patch'] }],
    });
    expect(resource(stack, 'kubernetes_role_binding_v1')).toMatchObject({
      metadata,
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'Role', name: 'restart' },
      subject: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'books' }],
    });
  });

  test.each(['before', 'after'])('finds an account that is made %s the role', (when) => {
    const stack = testStack();
    const books = namespace(stack);
    if (when === 'before') account(stack, 'reader', { team: 'books' });
    books.allowByLabel('restart', access);
    if (when === 'after') account(stack, 'reader', { team: 'books' });
    expect(subjects(stack)).toEqual([{ kind: 'ServiceAccount', name: 'reader', namespace: 'books' }]);
  });

  test('rejects a resource that only Terraform knows, because its group would be cut off', () => {
    const resources = [String(new TerraformVariable(testStack(), 'resource', {}).value)];
    expect(() => namespace(testStack()).allowByLabel('restart', { ...access, resources })).toThrow(
      'resources[0] must be known at synth (got "a token"). Pass a plain value instead of a token.',
    );
  });

  test('rejects access to Google APIs that only Terraform knows, which opened every address', () => {
    const googleApis = new TerraformVariable(testStack(), 'apis', {}).stringValue;
    expect(() => namespace(testStack(), { googleApis })).toThrow(
      'googleApis must be known at synth (got "a token"). Pass a plain value instead of a token.',
    );
  });

  test('finds accounts of other namespaces, and those that a chart made', () => {
    const stack = testStack();
    account(
      stack,
      'operator',
      { team: 'books' },
      { namespace: 'operators', kubernetesServiceAccount: 'unmanaged' },
    );
    namespace(stack).allowByLabel('restart', access);
    expect(subjects(stack)).toEqual([{ kind: 'ServiceAccount', name: 'operator', namespace: 'operators' }]);
  });

  test('asks for every label', () => {
    const stack = testStack();
    account(stack, 'reader', { team: 'books' });
    account(stack, 'restarter', { team: 'books', tier: 'ops' });
    namespace(stack).allowByLabel('restart', { ...access, serviceAccounts: { team: 'books', tier: 'ops' } });
    expect(subjects(stack)).toMatchObject([{ name: 'restarter' }]);
  });

  test('names the workloads that carry the labels, in order', () => {
    const stack = testStack();
    const identity = account(stack, 'reader', { team: 'books' });
    namespace(stack).allowByLabel('restart', { ...access, workloads: { team: 'books' } });
    workload(stack, 'web', identity, { team: 'books' });
    workload(stack, 'api', identity, { team: 'books' });
    workload(stack, 'shop', identity, { team: 'shop' });
    expect(resource(stack, 'kubernetes_role_v1').rule).toEqual([
      {
        api_groups: ['apps'],
        resources: ['deployments'],
        verbs: ['get', 'patch'],
        resource_names: ['api', 'web'],
      },
    ]);
  });

  test('groups resources by their API group, and knows subresources', () => {
    const stack = testStack();
    account(stack, 'reader', { team: 'books' });
    namespace(stack).allowByLabel('restart', {
      ...access,
      resources: ['pods', 'deployments.apps', 'pods/log', 'deployments/scale.apps'],
    });
    expect(resource(stack, 'kubernetes_role_v1').rule).toMatchObject([
      { api_groups: [''], resources: ['pods', 'pods/log'] },
      { api_groups: ['apps'], resources: ['deployments', 'deployments/scale'] },
    ]);
  });

  test('that nobody carries is refused when the app is synthesized', () => {
    const stack = testStack();
    account(stack, 'reader', { team: 'shop' });
    namespace(stack).allowByLabel('restart', access);
    expect(() => synthesized(stack)).toThrow(
      'prod/namespace/role-restart: serviceAccounts must be labels of a service account of the stack (got {"team":"books"}). Correct them, or remove the role.',
    );
  });

  test('for workloads that are in another namespace is refused when the app is synthesized', () => {
    const stack = testStack();
    const identity = account(stack, 'reader', { team: 'books' }, { namespace: 'shop' });
    workload(stack, 'web', identity, { team: 'books' });
    namespace(stack).allowByLabel('restart', { ...access, workloads: { team: 'books' } });
    expect(() => synthesized(stack)).toThrow(
      'prod/namespace/role-restart: workloads must be labels of a workload of the namespace (got {"team":"books"}). Correct them, or remove the role.',
    );
  });

  test('does not say that no workload of the stack carries the labels where one of another namespace does', () => {
    const stack = testStack();
    const identity = account(stack, 'reader', { team: 'books' }, { namespace: 'shop' });
    workload(stack, 'web', identity, { team: 'books' });
    namespace(stack).allowByLabel('restart', { ...access, workloads: { team: 'books' } });
    expect(() => synthesized(stack)).toThrow(
      /workloads must be labels of a workload of the namespace \(got {"team":"books"}\)/,
    );
  });

  test('knows nothing of another stack', () => {
    const stack = testStack();
    account(sibling(stack, 'other'), 'reader', { team: 'books' });
    namespace(stack).allowByLabel('restart', access);
    expect(() => synthesized(stack)).toThrow(/must be labels of a service account of the stack/);
  });

  test('knows nothing of another cluster', () => {
    const stack = testStack();
    const kubernetesProvider = new KubernetesProvider(stack, 'europe', { alias: 'europe' });
    account(stack, 'reader', { team: 'books' }, { kubernetesProvider });
    namespace(stack).allowByLabel('restart', access);
    expect(() => synthesized(stack)).toThrow(/must be labels of a service account of the stack/);
  });

  test.each<[string, Partial<Record<keyof LabelBasedAccess, unknown>>, string]>([
    [
      'no label',
      { serviceAccounts: {} },
      'serviceAccounts must have at least one label, because an empty selector matches everything (got {}). Set the labels.',
    ],
    [
      'every verb',
      { verbs: ['*'] },
      'verbs[0] must be a verb in lower-case letters, and not a wildcard (got "*").',
    ],
    [
      'every resource',
      { resources: ['*'] },
      'resources[0] must be a resource of the form RESOURCE or RESOURCE.GROUP in lower case, and not a wildcard (got "*").',
    ],
    ['no verb', { verbs: [] }, 'verbs must be a list of at least 1 item (got []). Add an item.'],
    ['no reason', { reason: undefined }, 'reason is required. Set it here or with Defaults.of(scope).'],
    ...['list', 'watch', 'create', 'deletecollection'].map(
      (verb): [string, Partial<Record<keyof LabelBasedAccess, unknown>>, string] => [
        `${verb} on named workloads`,
        { verbs: ['get', verb], workloads: { team: 'books' } },
        `verbs must be a verb that Kubernetes can limit to objects of a name (got "${verb}"). With workloads, use get, delete, patch, update; allow "${verb}" in a separate role.`,
      ],
    ),
  ])('for %s is refused', (_, props, message) => {
    const books = namespace(testStack());
    expect(refusal(() => books.allowByLabel('restart', { ...access, ...props } as never)).message).toBe(
      `prod/namespace/role-restart: ${message}`,
    );
    expect(books.node.tryFindChild('role-restart')).toBeUndefined();
  });

  test('under a name in capitals is refused', () => {
    expect(refusal(() => namespace(testStack()).allowByLabel('Restart', access)).problems).toMatchObject([
      { property: 'name', value: 'Restart', fix: 'Use "restart".' },
    ]);
  });

  test('for workloads and resources that are not named after them is refused', () => {
    const books = namespace(testStack());
    const pods = { ...access, resources: ['pods'], workloads: { team: 'books' } };
    expect(refusal(() => books.allowByLabel('restart', pods)).problems).toHaveLength(1);
  });
});
