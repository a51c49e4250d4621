import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessGraph } from '../../../lib/access/access-graph';
import { accessDrift } from '../../../lib/access/drift/drift';
import { awsAuthorizationExport } from '../../../lib/access/drift/exports/aws-authorization';
import { googleAssetsExport } from '../../../lib/access/drift/exports/google-assets';
import { googlePolicyExport } from '../../../lib/access/drift/exports/google-policy';
import { kubernetesExport } from '../../../lib/access/drift/exports/kubernetes-list';
import { readModel, type Model } from '../../../lib/model';
import { addEnvironment } from '../../../stacks/environment-stacks';
import { environments } from '../../../stacks/environments';
import { synthesize } from '../../../stacks/synthesize';
import { applied, type Applied } from './applied';

const outdir = mkdtempSync(join(tmpdir(), 'drift-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));
const [dev] = environments;
synthesize(outdir, (app) => addEnvironment(app, dev!));
const model: Model = readModel(outdir);
const graph = accessGraph(model);
const ACCOUNT = '111111111111';
const PROJECT = 'books-dev';

type Json = Record<string, unknown>;
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const whole = applied(model, ACCOUNT);
const files = (): Applied => copy(whole);

function driftOf({ aws, policies, assets, kubernetes }: Applied) {
  return accessDrift(graph, [
    awsAuthorizationExport('aws.json', aws),
    ...Object.entries(policies).map(([project, policy]) =>
      googlePolicyExport(`${project}.json`, project, policy),
    ),
    googleAssetsExport('assets.json', assets),
    kubernetesExport('rbac.json', kubernetes),
  ]);
}

const kinds = (changed: Applied) => driftOf(changed).findings.map(({ kind }) => kind);

test('an environment as it was applied has no drift', () => {
  const { findings, compared } = driftOf(files());
  expect(findings).toEqual([]);
  expect(compared.manifest).toBeGreaterThan(50);
  expect(compared.clouds).toBeGreaterThanOrEqual(compared.manifest);
});

test('what no file has is listed, and only that', () => {
  const reasons = new Set(driftOf(files()).notCompared.map(({ reason }) => reason));
  expect([...reasons].sort()).toEqual([
    'A part of the access is known after apply.',
    'No file has the identity of a workload.',
    'No file has the identity providers.',
    'No file has the policies of resources.',
  ]);
});

/** Lists of grants in the files, so that each can be changed. */
const lists = (from: Applied): Json[][] => [
  ...Object.values(from.policies).map(({ bindings }) => bindings),
  ...from.assets.map((asset) => (asset.policy as { bindings: Json[] }).bindings),
  ...from.aws.RoleDetailList.flatMap((role) => [
    (role.AssumeRolePolicyDocument as { Statement: Json[] }).Statement,
    ...(role.RolePolicyList as { PolicyDocument: { Statement: Json[] } }[]).map(
      ({ PolicyDocument: { Statement } }) => Statement,
    ),
  ]),
];

// Number of planted changes: each kind of grant 25 times, with different values.
const numbers = Array.from({ length: 25 }, (_, index) => index);

test.each(numbers)('each extra grant is found: %i', (index) => {
  const planted: readonly ((to: Applied) => void)[] = [
    ({ policies }) =>
      policies[PROJECT]!.bindings.push({
        role: `roles/planted.role${index}`,
        members: [`user:stranger-${index}@example.com`],
      }),
    ({ assets }) => {
      const { bindings } = assets[index % assets.length]!.policy as { bindings: Json[] };
      bindings.push({
        role: 'roles/owner',
        members: [`serviceAccount:s${index}@evil.iam.gserviceaccount.com`],
      });
    },
    ({ aws }) => {
      const role = aws.RoleDetailList[index % aws.RoleDetailList.length]!;
      (role.RolePolicyList as Json[]).push({
        PolicyName: 'planted',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Action: `s3:Planted${index}`, Resource: '*' },
        },
      });
    },
    ({ kubernetes }) =>
      kubernetes.items.push({
        kind: 'ClusterRoleBinding',
        metadata: { name: `planted-${index}`, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } },
        roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'User', name: `system:stranger-${index}` }],
      }),
  ];
  for (const plant of planted) {
    const changed = files();
    plant(changed);
    expect(kinds(changed)).toEqual(['extra']);
  }
});

test('each removed grant is missing', () => {
  // The assets have the policies of the projects too.
  const alone = (): Applied => ({ ...files(), policies: {} });
  const found = lists(alone()).flatMap((list, at) =>
    list.map((grant, index) => {
      const changed = alone();
      lists(changed)[at]!.splice(index, 1);
      return { grant, kinds: new Set(kinds(changed)) };
    }),
  );
  expect(found.length).toBeGreaterThan(50);
  const kept = found.filter(({ kinds: each }) => !each.has('missing'));
  // The writer of a log sink is known after apply. No file has the project of the images.
  expect(new Set(kept.map(({ grant }) => grant.role ?? grant.Action))).toEqual(
    new Set(['roles/pubsub.publisher', 'roles/artifactregistry.reader']),
  );
  expect(found.flatMap(({ kinds: each }) => [...each].filter((kind) => kind !== 'missing'))).toEqual([]);
});

test('each removed binding of Kubernetes is missing', () => {
  whole.kubernetes.items.forEach(({ kind, metadata }, index) => {
    if (!String(kind).endsWith('Binding')) return;
    const changed = files();
    changed.kubernetes.items.splice(index, 1);
    expect([metadata, new Set(kinds(changed))]).toEqual([metadata, new Set(['missing'])]);
  });
});

test('each removed condition of a trust is weakened', () => {
  whole.aws.RoleDetailList.forEach((_, index) => {
    const changed = files();
    const { Statement } = changed.aws.RoleDetailList[index]!.AssumeRolePolicyDocument as {
      Statement: Json[];
    };
    const [statement] = Statement.filter(({ Condition }) => Condition !== undefined);
    if (statement === undefined) return;
    delete statement.Condition;
    expect(new Set(kinds(changed))).toEqual(new Set(['weakened']));
  });
});

test('each action that becomes a pattern is widened', () => {
  whole.aws.RoleDetailList.forEach((role, index) => {
    if ((role.RolePolicyList as Json[]).length === 0) return;
    const changed = files();
    const [policy] = changed.aws.RoleDetailList[index]!.RolePolicyList as {
      PolicyDocument: { Statement: Json[] };
    }[];
    policy!.PolicyDocument.Statement[0]!.Action = '*';
    expect([role.RoleName, [...new Set(kinds(changed))]]).toEqual([role.RoleName, ['widened']]);
  });
});

test('a resource of another account is wider than the resource of the stack', () => {
  const changed = files();
  const text = JSON.stringify(changed.aws).replaceAll(
    `arn:aws:lambda:us-east-1:${ACCOUNT}:function:sales-gke-jobs`,
    'arn:aws:lambda:us-east-1:999999999999:function:sales-gke-jobs',
  );
  expect(new Set(kinds({ ...changed, aws: JSON.parse(text) as Applied['aws'] }))).toContain('widened');
});

test('a rule of Kubernetes with another verb is widened', () => {
  const changed = files();
  const role = changed.kubernetes.items.find(({ kind }) => kind === 'Role')!;
  ((role.rules as Json[])[0]!.verbs as string[]).push('deletecollection');
  expect(new Set(kinds(changed))).toEqual(new Set(['widened']));
});

test('pods of another project with the name of a service account are extra', () => {
  const changed = files();
  const text = JSON.stringify(changed.assets).replaceAll('books-dev.svc.id.goog[', 'evil.svc.id.goog[');
  const found = kinds({ ...changed, assets: JSON.parse(text) as Json[] });
  expect(found).toContain('extra');
});
