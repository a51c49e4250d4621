import { TerraformVariable, Token, type TerraformStack } from 'cdktf';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { IsolatedNamespace } from '../../lib/gke/isolated-namespace';
import type { IsolatedNamespaceProps } from '../../lib/gke/isolated-namespace-props';
import type { LabelBasedAccess } from '../../lib/gke/label-based-role';
import { Workload } from '../../lib/gke/workload';
import type { IWorkloadIdentity } from '../../lib/identity/workload-identity-binding-props';
import {
  byAddress,
  refusal,
  resource,
  resources,
  sibling,
  synthesized,
  testStack,
  type Json,
} from '../synth';

type Props = Partial<Record<keyof IsolatedNamespaceProps, unknown>>;
const namespace = (stack: TerraformStack, props: Props = {}, id = 'namespace') =>
  new IsolatedNamespace(stack, id, { name: 'books', ...props } as IsolatedNamespaceProps);

function policy(stack: TerraformStack, name: string): Json {
  const found = resources(stack, 'kubernetes_network_policy_v1').filter(({ metadata }) =>
    Object.is(metadata!.name, name),
  );
  expect(found).toHaveLength(1);
  return found[0]!.spec!;
}

describe('a namespace', () => {
  test('of the least is closed, but for DNS, the metadata server and Google APIs', () => {
    const stack = testStack();
    namespace(stack);
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "kubernetes_limit_range_v1.namespace_limits_29F88B9E": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "container-defaults",
           "namespace": "books",
         },
         "spec": {
           "limit": [
             {
               "default": {
                 "cpu": "250m",
                 "memory": "512Mi",
               },
               "default_request": {
                 "cpu": "250m",
                 "memory": "512Mi",
               },
               "type": "Container",
             },
           ],
         },
       },
       "kubernetes_namespace_v1.namespace_67941C3A": {
         "metadata": {
           "labels": {
             "pod-security.kubernetes.io/audit": "restricted",
             "pod-security.kubernetes.io/enforce": "restricted",
             "pod-security.kubernetes.io/warn": "restricted",
           },
           "name": "books",
         },
       },
       "kubernetes_network_policy_v1.namespace_allow-dns_D058AE12": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "allow-dns",
           "namespace": "books",
         },
         "spec": {
           "egress": [
             {
               "ports": [
                 {
                   "port": "53",
                   "protocol": "UDP",
                 },
                 {
                   "port": "53",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "namespace_selector": {
                     "match_labels": {
                       "kubernetes.io/metadata.name": "kube-system",
                     },
                   },
                   "pod_selector": {
                     "match_labels": {
                       "k8s-app": "kube-dns",
                     },
                   },
                 },
                 {
                   "namespace_selector": {
                     "match_labels": {
                       "kubernetes.io/metadata.name": "kube-system",
                     },
                   },
                   "pod_selector": {
                     "match_labels": {
                       "k8s-app": "node-local-dns",
                     },
                   },
                 },
                 {
                   "ip_block": {
                     "cidr": "169.254.20.10/32",
                   },
                 },
                 {
                   "ip_block": {
                     "cidr": "169.254.169.254/32",
                   },
                 },
               ],
             },
           ],
           "pod_selector": {},
           "policy_types": [
             "Egress",
           ],
         },
       },
       "kubernetes_network_policy_v1.namespace_allow-google-apis_3B45CF14": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "allow-google-apis",
           "namespace": "books",
         },
         "spec": {
           "egress": [
             {
               "ports": [
                 {
                   "port": "443",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "ip_block": {
                     "cidr": "0.0.0.0/0",
                     "except": [
                       "10.0.0.0/8",
                       "100.64.0.0/10",
                       "169.254.0.0/16",
                       "172.16.0.0/12",
                       "192.168.0.0/16",
                     ],
                   },
                 },
               ],
             },
           ],
           "pod_selector": {},
           "policy_types": [
             "Egress",
           ],
         },
       },
       "kubernetes_network_policy_v1.namespace_allow-metadata-server_FA50740C": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "allow-metadata-server",
           "namespace": "books",
         },
         "spec": {
           "egress": [
             {
               "ports": [
                 {
                   "port": "988",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "ip_block": {
                     "cidr": "169.254.169.252/32",
                   },
                 },
               ],
             },
             {
               "ports": [
                 {
                   "port": "80",
                   "protocol": "TCP",
                 },
               ],
               "to": [
                 {
                   "ip_block": {
                     "cidr": "169.254.169.254/32",
                   },
                 },
               ],
             },
           ],
           "pod_selector": {},
           "policy_types": [
             "Egress",
           ],
         },
       },
       "kubernetes_network_policy_v1.namespace_default-deny_19F6F483": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "default-deny",
           "namespace": "books",
         },
         "spec": {
           "pod_selector": {},
           "policy_types": [
             "Ingress",
             "Egress",
           ],
         },
       },
       "kubernetes_resource_quota_v1.namespace_quota_6F4CBB7B": {
         "depends_on": [
           "kubernetes_namespace_v1.namespace_67941C3A",
         ],
         "metadata": {
           "name": "quota",
           "namespace": "books",
         },
         "spec": {
           "hard": {
             "limits.cpu": "40",
             "limits.memory": "80Gi",
             "pods": "100",
             "requests.cpu": "20",
             "requests.memory": "40Gi",
           },
         },
       },
     }
    `);
  });

  test.each([
    ['private', '199.36.153.8/30'],
    ['restricted', '199.36.153.4/30'],
  ])('reaches Google APIs by their %s addresses alone', (googleApis, cidr) => {
    const stack = testStack();
    namespace(stack, { googleApis });
    expect(policy(stack, 'allow-google-apis')).toEqual({
      policy_types: ['Egress'],
      pod_selector: {},
      egress: [{ to: [{ ip_block: { cidr } }], ports: [{ port: '443', protocol: 'TCP' }] }],
    });
  });

  test('reaches no Google API where none is allowed', () => {
    const stack = testStack();
    namespace(stack, { googleApis: 'none' });
    expect(resources(stack, 'kubernetes_network_policy_v1').map(({ metadata }) => metadata!.name)).toEqual([
      'default-deny',
      'allow-dns',
      'allow-metadata-server',
    ]);
  });

  test.each(['restricted', 'baseline', 'privileged'])(
    'is held to the standard %s and warns of the strictest',
    (level) => {
      const stack = testStack();
      namespace(stack, { podSecurity: level });
      expect(resource(stack, 'kubernetes_namespace_v1').metadata!.labels).toEqual({
        'pod-security.kubernetes.io/enforce': level,
        'pod-security.kubernetes.io/audit': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      });
    },
  );

  test('cannot be opened by a label of the standard', () => {
    const stack = testStack();
    namespace(stack, { labels: { team: 'books', 'pod-security.kubernetes.io/enforce': 'privileged' } });
    expect(resource(stack, 'kubernetes_namespace_v1').metadata!.labels).toMatchObject({
      team: 'books',
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  test.each([
    'requests.cpu',
    'limits.memory',
    'requests.nvidia.com/gpu',
    'count/jobs.batch',
    'services.loadbalancers',
    'standard-rwo.storageclass.storage.k8s.io/requests.storage',
    'hugepages-2Mi',
  ])('may limit %s', (key) => {
    const stack = testStack();
    namespace(stack, { quota: { [key]: '4' } });
    expect(resource(stack, 'kubernetes_resource_quota_v1').spec!.hard).toEqual({ [key]: '4' });
  });

  test('has the quota and the defaults that are asked for', () => {
    const stack = testStack();
    namespace(stack, { quota: { pods: '5' }, containerDefaults: { cpu: '1' } });
    expect(resource(stack, 'kubernetes_resource_quota_v1').spec!.hard).toEqual({ pods: '5' });
    expect(resource(stack, 'kubernetes_limit_range_v1').spec!.limit).toEqual([
      {
        type: 'Container',
        default: { cpu: '1', memory: '512Mi' },
        default_request: { cpu: '1', memory: '512Mi' },
      },
    ]);
  });

  test.each<[string, Props, string]>([
    [
      'default',
      { name: 'default' },
      'name must not be "default", which exists in every cluster and cannot be isolated (got "default"). Use a dedicated namespace.',
    ],
    [
      'kube-system',
      { name: 'kube-system' },
      'name must not start with "kube-" or "gke-managed-", the prefixes of system namespaces (got "kube-system"). Use a dedicated namespace.',
    ],
    [
      'a key of a quota in camel case',
      { quota: { requestsCpu: '40' } },
      'the name "requestsCpu" in quota must be a key of a ResourceQuota, for example "requests.cpu" (got "requestsCpu"). Did you mean "requests.cpu"?',
    ],
    [
      'with memory in MB',
      { quota: { 'requests.memory': '512MB' } },
      'quota["requests.memory"] must be a quantity, for example "250m" for CPU or "512Mi" for memory (got "512MB"). Use "512Mi".',
    ],
    [
      'of a standard that does not exist',
      { podSecurity: 'Baseline' },
      'podSecurity must be one of "restricted", "baseline", "privileged" (got "Baseline"). Use "baseline".',
    ],
    [
      'with a misspelt property',
      { googleApi: 'none' } as Props,
      'googleApi is not a property. Did you mean "googleApis"?',
    ],
  ])('%s is refused', (_, props, message) => {
    const stack = testStack();
    expect(refusal(() => namespace(stack, props)).message).toBe(`prod/namespace: ${message}`);
    expect(stack.node.tryFindChild('namespace')).toBeUndefined();
  });
});

describe('a way in', () => {
  test('for pods of the same namespace', () => {
    const stack = testStack();
    namespace(stack).allowIngress('allow-callers', { to: { app: 'books' }, ports: [8000] });
    expect(policy(stack, 'allow-callers')).toEqual({
      policy_types: ['Ingress'],
      pod_selector: { match_labels: { app: 'books' } },
      ingress: [{ from: [{ pod_selector: {} }], ports: [{ port: '8000', protocol: 'TCP' }] }],
    });
  });

  test('for some pods of another namespace', () => {
    const stack = testStack();
    namespace(stack).allowIngress('allow-shop', {
      to: { app: 'books' },
      ports: [8000],
      fromNamespace: 'shop',
      fromPods: { app: 'web' },
    });
    expect(policy(stack, 'allow-shop').ingress).toMatchObject([
      {
        from: [
          {
            namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'shop' } },
            pod_selector: { match_labels: { app: 'web' } },
          },
        ],
      },
    ]);
  });

  test('for load balancers, by range', () => {
    const stack = testStack();
    namespace(stack).allowIngress('allow-gclb', {
      to: { app: 'books' },
      ports: [8000],
      fromCidrs: ['35.191.0.0/16', '130.211.0.0/22'],
    });
    expect(policy(stack, 'allow-gclb').ingress).toMatchObject([
      { from: [{ ip_block: { cidr: '35.191.0.0/16' } }, { ip_block: { cidr: '130.211.0.0/22' } }] },
    ]);
  });

  test('without a port is refused, and can then be made with one', () => {
    const stack = testStack();
    const books = namespace(stack);
    expect(refusal(() => books.allowIngress('in', { to: { app: 'books' }, ports: [] })).message).toBe(
      'prod/namespace/ingress-in: ports must be a list of at least 1 item (got []).',
    );
    books.allowIngress('in', { to: { app: 'books' }, ports: [1] });
    expect(policy(stack, 'in')).toBeDefined();
  });

  test.each([
    [1, 65_535],
    [0, 65_536],
  ])('on the ports %d and %d', (low, high) => {
    const open = () =>
      namespace(testStack()).allowIngress('in', { to: { app: 'books' }, ports: [low, high] });
    if (low === 1) expect(open).not.toThrow();
    else {
      expect(refusal(open).problems.map(({ property, rule }) => `${property}: ${rule}`)).toEqual([
        'ports[0]: be a whole number from 1 to 65535',
        'ports[1]: be a whole number from 1 to 65535',
      ]);
    }
  });

  test('under a name that Kubernetes does not take is refused', () => {
    const books = namespace(testStack());
    expect(
      refusal(() => books.allowIngress('Allow Callers', { to: { app: 'books' }, ports: [1] })).problems,
    ).toHaveLength(1);
  });

  test('under the name of a policy that exists is refused', () => {
    const books = namespace(testStack());
    expect(
      refusal(() => books.allowIngress('default-deny', { to: { app: 'books' }, ports: [1] })).problems,
    ).toHaveLength(1);
  });

  test('for ranges and pods at once is refused, since the pods would be lost', () => {
    const books = namespace(testStack());
    const options = {
      to: { app: 'books' },
      ports: [1],
      fromPods: { app: 'web' },
      fromCidrs: ['35.191.0.0/16'],
    };
    expect(refusal(() => books.allowIngress('in', options)).problems).toHaveLength(1);
  });

  // Terraform drops a label and a port that are null: the policy would select every pod and open every port.
  test.each<[string, (unknown: Unknown) => object]>([
    ['to', ({ map }) => ({ to: map })],
    ['to["app"]', ({ text }) => ({ to: { app: text } })],
    ['ports', ({ numbers }) => ({ ports: numbers })],
    ['ports[0]', ({ number }) => ({ ports: [number] })],
    ['fromNamespace', ({ text }) => ({ fromNamespace: text })],
    ['fromPods', ({ map }) => ({ fromPods: map })],
    ['fromPods["app"]', ({ text }) => ({ fromPods: { app: text } })],
    ['fromCidrs', ({ texts }) => ({ fromCidrs: texts })],
  ])('by a value that Terraform will know is refused: %s', (property, options) => {
    const stack = testStack();
    const books = namespace(stack);
    const all = { to: { app: 'books' }, ports: [8000], ...options(unknownIn(stack)) };
    expect(refusal(() => books.allowIngress('in', all)).message).toBe(
      `prod/namespace/ingress-in: ${property} must be known at synth (got "a token"). Pass a plain value instead of a token.`,
    );
  });
});

interface Unknown {
  readonly text: string;
  readonly number: number;
  readonly map: Record<string, string>;
  readonly texts: string[];
  readonly numbers: number[];
}

function unknownIn(stack: TerraformStack): Unknown {
  const value = new TerraformVariable(stack, 'unknown', {});
  return {
    text: value.stringValue,
    number: value.numberValue,
    map: Token.asStringMap(value.value),
    texts: value.listValue,
    numbers: Token.asNumberList(value.value),
  };
}

describe('a way out', () => {
  test.each<[string, (unknown: Unknown) => object]>([
    ['cidrs', ({ texts }) => ({ cidrs: texts })],
    ['ports[0]', ({ number }) => ({ ports: [number] })],
    ['from', ({ map }) => ({ from: map })],
    ['from["app"]', ({ text }) => ({ from: { app: text } })],
  ])('by a value that Terraform will know is refused: %s', (property, options) => {
    const stack = testStack();
    const books = namespace(stack);
    const all = { cidrs: ['10.9.0.0/24'], ports: [5432], ...options(unknownIn(stack)) };
    expect(refusal(() => books.allowEgress('out', all)).message).toBe(
      `prod/namespace/egress-out: ${property} must be known at synth (got "a token"). Pass a plain value instead of a token.`,
    );
  });

  test('to an address that Terraform will know refers to it', () => {
    const stack = testStack();
    const { text } = unknownIn(stack);
    namespace(stack).allowEgress('out', { cidrs: [`${text}/32`], ports: [5432] });
    expect(policy(stack, 'out').egress).toMatchObject([
      { to: [{ ip_block: { cidr: '${var.unknown}/32' } }] },
    ]);
  });

  test('for every pod, to a database', () => {
    const stack = testStack();
    namespace(stack).allowEgress('allow-database', { cidrs: ['10.9.0.0/24'], ports: [5432] });
    expect(policy(stack, 'allow-database')).toEqual({
      policy_types: ['Egress'],
      pod_selector: {},
      egress: [{ to: [{ ip_block: { cidr: '10.9.0.0/24' } }], ports: [{ port: '5432', protocol: 'TCP' }] }],
    });
  });

  test('for the pods that are named', () => {
    const stack = testStack();
    namespace(stack).allowEgress('allow-database', {
      cidrs: ['10.9.0.0/24'],
      ports: [5432],
      from: { app: 'books' },
    });
    expect(policy(stack, 'allow-database').pod_selector).toEqual({ match_labels: { app: 'books' } });
  });

  test('with host bits is refused', () => {
    expect(
      refusal(() => namespace(testStack()).allowEgress('out', { cidrs: ['10.9.0.7/24'], ports: [1] }))
        .message,
    ).toBe(
      'prod/namespace/egress-out: cidrs[0] must start at the first address of its prefix (got "10.9.0.7/24"). Use "10.9.0.0/24".',
    );
  });

  test('of the name of a way in is refused, since one would overwrite the other', () => {
    const books = namespace(testStack());
    books.allowIngress('database', { to: { app: 'books' }, ports: [1] });
    expect(
      refusal(() => books.allowEgress('database', { cidrs: ['10.9.0.0/24'], ports: [1] })).problems,
    ).toHaveLength(1);
  });
});

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
    ['no verb', { verbs: [] }, 'verbs must be a list of at least 1 item (got []).'],
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
