import { accessGraph } from '../../../lib/access/access-graph';
import { accessDrift } from '../../../lib/access/drift/drift';
import { kubernetesExport } from '../../../lib/access/drift/exports/kubernetes-list';
import { cloudTrailCalls } from '../../../lib/access/observed/logs/cloudtrail';
import { googleAuditCalls } from '../../../lib/access/observed/logs/google-audit';
import { kubernetesAuditCalls } from '../../../lib/access/observed/logs/kubernetes-audit';
import { accessObserved } from '../../../lib/access/observed/observed';
import { readSynthesizedStack } from '../../../lib/model';
import { synthesized } from '../../synth';
import { logsOf } from './orchestration/function-logs';
import { job, machine, targets } from './orchestration/machines';
import { Orchestration, onNode22 } from './orchestration/orchestration';
import { keysOf } from './orchestration/trust';

/** Users of the tests themselves: the administrator, and the program that plays the nodes. */
const TESTS = ['kubernetes.subject/User admin', 'kubernetes.subject/User kwok'];

onNode22('the access of a cluster', () => {
  const { stack, etl } = targets();
  machine(stack, 'succeed', job('Extract', etl, { 'termination-message': '{"rows":3}' }));
  machine(stack, 'hang', job('Wait', etl, { outcome: 'hang' }, { timeoutSeconds: 4_000 }));
  const life = new Orchestration(stack);
  const graph = accessGraph({ stacks: [readSynthesizedStack(synthesized(stack), { name: 'etl' })] });
  beforeAll(async () => {
    await life.start();
    await life.run('succeed').ended;
  });
  afterAll(() => life.stop());

  const observed = () => {
    const lines = life.cluster.controlPlane.auditLog.trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as unknown);
    return accessObserved(graph, kubernetesAuditCalls('audit.log', events));
  };

  test('is the access of the stack, besides that of the system', () => {
    const kinds = 'rolebindings,clusterrolebindings,roles,clusterroles';
    const { stdout } = life.cluster.kubectl('get', kinds, '-A', '-o', 'json');
    const { findings, cloudMade } = accessDrift(graph, [kubernetesExport('rbac.json', JSON.parse(stdout))]);
    expect(findings).toEqual([]);
    expect(cloudMade.length).toBeGreaterThan(40);
  });

  test('that was granted by hand is extra', () => {
    life.cluster.kubectl('create', 'clusterrolebinding', 'planted', '--clusterrole=view', '--user=stranger');
    const kinds = 'rolebindings,clusterrolebindings,roles,clusterroles';
    const { stdout } = life.cluster.kubectl('get', kinds, '-A', '-o', 'json');
    const { findings } = accessDrift(graph, [kubernetesExport('rbac.json', JSON.parse(stdout))]);
    expect(findings.map(({ kind, edge }) => [kind, edge.from, edge.role])).toEqual([
      ['extra', 'kubernetes.subject/User stranger', 'ClusterRole/view'],
    ]);
  });

  test('explains each call in the audit log', () => {
    const { explained, unexplained, system, denied } = observed();
    expect(unexplained.filter(({ identity }) => !TESTS.includes(identity))).toEqual([]);
    const user = `google.serviceAccount/${life.userOf('etl')}`;
    const calls = explained.filter(({ identity }) => identity === user);
    expect(calls.map(({ permission }) => permission)).toContain('create batch/jobs');
    expect(calls.every(({ path }) => path?.length === 1)).toBe(true);
    expect(system.length).toBeGreaterThan(10);
    expect(denied.filter(({ identity }) => identity === user)).toEqual([]);
  });

  test('explains each call of the functions to the token services of both clouds', () => {
    const keys = ['etl-gke-jobs', 'etl-gke-cleanup'].map((name) => [keysOf(name).accessKeyId, name]);
    const requests = life.tokens.flatMap((servers) => servers.requests);
    const roles = Object.fromEntries(keys) as Record<string, string>;
    const { cloudTrail, google } = logsOf(requests, life.userOf('etl'), roles);
    const { explained, unexplained, denied } = accessObserved(graph, [
      ...cloudTrailCalls('trail', cloudTrail),
      ...googleAuditCalls('google', google),
    ]);
    expect([unexplained, denied]).toEqual([[], []]);
    expect(new Set(explained.map(({ permission }) => permission))).toEqual(
      new Set(['sts:AssumeRole', 'sts.identity.exchange', 'iam.serviceAccounts.getAccessToken']),
    );
  });

  test('reports a call without a grant as denied', () => {
    const as = `system:serviceaccount:etl:default`;
    life.cluster.kubectl('get', 'secrets', '--namespace', 'etl', '--as', as);
    expect(observed().denied.map(({ identity, permission }) => [identity, permission])).toContainEqual([
      'kubernetes.serviceAccount/etl/default',
      'list secrets',
    ]);
  });
});
