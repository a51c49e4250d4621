import fc from 'fast-check';
import { Agent, request } from 'node:https';
import { accessGraph } from '../../../lib/access/access-graph';
import { evaluateRbac } from '../../../lib/access/decide/kubernetes/evaluate';
import type { RbacRequest } from '../../../lib/access/decide/kubernetes/request';
import { AccessQuestions } from '../../../lib/access/questions/answers';
import { readSynthesizedStack } from '../../../lib/model';
import type { Configuration } from '../../synth';
import { Cluster, onCluster } from './cluster';
import { manifestsOf } from './manifests';

/** Number of identities. Each has bindings of its own. */
const IDENTITIES = 40;
const NAMESPACES = ['one', 'two'];
const SEED = 20261126;

const few = (...values: string[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const resourceRule = fc
  .record({
    verbs: few('get', 'list', 'create', 'delete', '*'),
    api_groups: few('', 'apps', 'batch', '*'),
    resources: few('pods', 'pods/log', 'pods/*', '*/scale', '*', 'jobs', 'deployments', 'deployments/scale'),
    resource_names: fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, few('a', 'b')),
  })
  .map(({ resource_names, ...rest }) => ({
    ...rest,
    ...(resource_names.length > 0 && { resource_names }),
  }));
const urlRule = fc.record({
  verbs: few('get', '*'),
  non_resource_urls: few('/healthz', '/api*', '/apis/*', '*'),
});
const rulesOf = (rule: fc.Arbitrary<object>) => fc.array(rule, { minLength: 1, maxLength: 3 });
const resourceRules = rulesOf(resourceRule);
const clusterRules = rulesOf(fc.oneof({ weight: 3, arbitrary: resourceRule }, urlRule));

/** A role, and the binding of it to the identity. */
const bound = fc.oneof(
  fc.record({
    kind: fc.constant('Role' as const),
    namespace: fc.constantFrom(...NAMESPACES),
    rule: resourceRules,
  }),
  fc.record({
    kind: fc.constant('ClusterRole' as const),
    /** Namespace of the binding; `undefined` for the whole cluster. */
    namespace: fc.constantFrom(...NAMESPACES, undefined),
    rule: clusterRules,
  }),
);
type Bound = typeof bound extends fc.Arbitrary<infer T> ? T : never;

const question = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      verb: fc.constantFrom('get', 'list', 'create', 'delete', 'watch'),
      apiGroup: fc.constantFrom('', 'apps', 'batch', 'other.example'),
      resource: fc.constantFrom('pods', 'jobs', 'deployments', 'secrets'),
      subresource: fc.constantFrom(undefined, 'log', 'scale'),
      name: fc.constantFrom(undefined, 'a', 'c'),
    }),
  },
  fc.record({
    verb: fc.constantFrom('get', 'post'),
    path: fc.constantFrom('/healthz', '/api', '/apis', '/apis/apps', '/metrics'),
  }),
);
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** Subjects of all three kinds in turn. */
const subjectOf = (index: number): Subject =>
  [
    { kind: 'User', name: `user-${index}` },
    { kind: 'Group', name: `group-${index}` },
    { kind: 'ServiceAccount', name: `account-${index}`, namespace: 'one' },
  ][index % 3]!;

const identities = fc
  .sample(fc.array(bound, { minLength: 2, maxLength: 5 }), { numRuns: IDENTITIES, seed: SEED })
  .map((grants, index) => ({ subject: subjectOf(index), grants }));

/** Roles and bindings of all identities, as Terraform has them. */
function configuration(): Configuration {
  const resource: Record<string, Record<string, object>> = {};
  const add = (type: string, name: string, body: object) => {
    resource[type] = { ...resource[type], [name]: body };
  };
  for (const namespace of NAMESPACES) {
    add('kubernetes_namespace_v1', namespace, { metadata: { name: namespace } });
  }
  const all: readonly (readonly [string, Subject, Bound])[] = identities.flatMap(
    ({ subject, grants }, index) => grants.map((each, at) => [`r${index}-${at}`, subject, each] as const),
  );
  for (const [name, subject, { kind, namespace, rule }] of all) {
    const at = namespace === undefined ? {} : { namespace };
    const api_group = 'rbac.authorization.k8s.io';
    const named = subject.kind === 'ServiceAccount' ? subject : { ...subject, api_group };
    add(kind === 'Role' ? 'kubernetes_role_v1' : 'kubernetes_cluster_role_v1', name, {
      metadata: { name, ...(kind === 'Role' && at) },
      rule,
    });
    const type =
      namespace === undefined ? 'kubernetes_cluster_role_binding_v1' : 'kubernetes_role_binding_v1';
    add(type, name, {
      metadata: { name, ...at },
      role_ref: { api_group, kind, name },
      subject: [named],
    });
  }
  return { resource } as unknown as Configuration;
}

/** Question as the API server has it. */
const attributesOf = (asked: Question, namespace: string | undefined) =>
  'path' in asked
    ? { nonResourceAttributes: { verb: asked.verb, path: asked.path } }
    : {
        resourceAttributes: {
          verb: asked.verb,
          group: asked.apiGroup,
          resource: asked.resource,
          subresource: asked.subresource,
          name: asked.name,
          namespace,
        },
      };

const callerOf = ({ kind, name, namespace }: Subject) => {
  if (kind === 'Group') return { user: 'somebody', groups: [name] };
  return { user: kind === 'User' ? name : `system:serviceaccount:${namespace}:${name}` };
};

onCluster('the RBAC authorizer of an API server', () => {
  const cluster = new Cluster();
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  beforeAll(async () => {
    cluster.start({ token: 'reviewer' });
    const answer = cluster.apply([
      ...manifestsOf(configuration()),
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRoleBinding',
        metadata: { name: 'reviewer' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'system:auth-delegator',
        },
        subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'reviewer' }],
      } as never,
    ]);
    if (answer.status !== 0) throw new Error(answer.stderr);
    // The API server sees a new binding after a moment.
    await cluster.until('the binding of the reviewer', () => {
      const args = [
        'auth',
        'can-i',
        'create',
        'subjectaccessreviews.authorization.k8s.io',
        '--as',
        'reviewer',
      ];
      return cluster.kubectl(...args).status === 0 ? true : undefined;
    });
  });
  afterAll(() => {
    agent.destroy();
    cluster.stop();
  });

  /** Answer of the API server. */
  const isAllowed = (spec: object): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec,
      });
      const url = `${cluster.controlPlane.url}/apis/authorization.k8s.io/v1/subjectaccessreviews`;
      const headers = { authorization: 'Bearer token', 'content-type': 'application/json' };
      const call = request(
        url,
        { method: 'POST', agent, headers, ca: cluster.controlPlane.certificateAuthority },
        (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => {
            const { status } = JSON.parse(text) as { status?: { allowed?: boolean } };
            if (response.statusCode === 201 && status) resolve(status.allowed === true);
            else reject(new Error(`${response.statusCode}: ${text}`));
          });
        },
      );
      call.on('error', reject).end(body);
    });

  test('the access graph gives the answers of the API server to 1,000 questions', async () => {
    const graph = accessGraph({ stacks: [readSynthesizedStack(configuration(), { name: 'prod' })] });
    const questions = new AccessQuestions(graph);
    const nodes = new Map(graph.nodes.flatMap((node) => node.names.map((name) => [name, node.id] as const)));
    const asked = fc.sample(
      fc.tuple(fc.nat(IDENTITIES - 1), question, fc.constantFrom(...NAMESPACES, undefined)),
      { numRuns: 1_000, seed: SEED },
    );
    const results = await Promise.all(
      asked.map(async ([index, each, namespace]) => {
        const { subject } = identities[index]!;
        const where = 'path' in each ? undefined : namespace;
        const expected = await isAllowed({ ...callerOf(subject), ...attributesOf(each, where) });
        const id = nodes.get(
          subject.kind === 'ServiceAccount'
            ? `${subject.namespace}/${subject.name}`
            : `${subject.kind} ${subject.name}`,
        )!;
        const what =
          'path' in each
            ? each.path
            : `${each.apiGroup || 'core'}/${[each.resource, each.subresource].filter(Boolean).join('/')}` +
              (each.name === undefined ? '' : `=${each.name}`);
        const target = where === undefined ? 'cluster' : `kubernetes.namespace/${where}`;
        const actual = questions.can(id, `${each.verb} ${what}`, target);
        return { asked: `${id} ${each.verb} ${what} in ${target}`, expected, actual: actual.length > 0 };
      }),
    );
    expect(results.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
    const allowed = results.filter(({ expected }) => expected).length;
    // Both answers are frequent, so that neither is right by chance.
    expect(allowed).toBeGreaterThan(100);
    expect(allowed).toBeLessThan(900);
  }, 120_000);

  test('the evaluation of rules gives the answers of the API server to 10,000 requests', async () => {
    const asked = fc.sample(
      fc.tuple(fc.nat(IDENTITIES - 1), question, fc.constantFrom(...NAMESPACES, undefined)),
      { numRuns: 10_000, seed: SEED + 1 },
    );
    const wrong: object[] = [];
    await Promise.all(
      asked.map(async ([index, each, namespace]) => {
        const { subject, grants } = identities[index]!;
        const where = 'path' in each ? undefined : namespace;
        const rules = grants
          .filter((grant) => grant.namespace === undefined || grant.namespace === where)
          .flatMap((grant) => grant.rule as Record<string, string[] | undefined>[])
          .map((rule) => ({
            verbs: rule.verbs ?? [],
            apiGroups: rule.api_groups ?? [],
            resources: rule.resources ?? [],
            resourceNames: rule.resource_names ?? [],
            nonResourceURLs: rule.non_resource_urls ?? [],
          }));
        const expected = await isAllowed({ ...callerOf(subject), ...attributesOf(each, where) });
        const actual = evaluateRbac(rules, each as RbacRequest) === 'allowed';
        if (actual !== expected) wrong.push({ subject, each, where, expected, rules });
      }),
    );
    expect(wrong).toEqual([]);
  }, 240_000);
});
