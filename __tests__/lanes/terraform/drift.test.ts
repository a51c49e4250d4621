import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noLab, noTerraform, temporaryFolder, testUnless } from './lab';
import { changesIn } from './plan';
import { upgradePlan } from './plan-session';
import { allStacks } from './synthesized';

/*
 * A cluster changes objects that Terraform created: kubectl restarts pods, an autoscaler changes their number, and
 * Autopilot adds tolerations. The next plan must be empty, or each apply reverts the cluster.
 */

const scratch = temporaryFolder();

/** The part of a synthesized Deployment that the tests read. */
interface Deployment {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly lifecycle?: { readonly ignore_changes?: readonly string[] };
}

function deploymentsOf(folder: string): Deployment[] {
  const { resource = {} } = JSON.parse(readFileSync(join(folder, 'cdk.tf.json'), 'utf8')) as {
    resource?: { kubernetes_deployment_v1?: Record<string, Deployment> };
  };
  return Object.values(resource.kubernetes_deployment_v1 ?? {});
}

/** Annotation of `kubectl rollout restart`, and the toleration that Autopilot adds to pods without an architecture. */
const BY_THE_CLUSTER = {
  'spec.template.metadata.annotations+': { 'kubectl.kubernetes.io/restartedAt': '2026-04-01T00:00:00Z' },
  'spec.template.spec.toleration+': [
    { key: 'kubernetes.io/arch', operator: 'Equal', value: 'amd64', effect: 'NoSchedule' },
  ],
};

function driftOf(deployments: readonly Deployment[]): Record<string, object> {
  return Object.fromEntries(
    deployments.map(({ metadata: { namespace, name }, lifecycle }) => [
      `kubernetes_deployment_v1.${namespace}/${name}`,
      {
        ...BY_THE_CLUSTER,
        ...(lifecycle?.ignore_changes?.includes('spec[0].replicas') && { 'spec.replicas': '7' }),
      },
    ]),
  );
}

const stacks = allStacks(scratch, noTerraform).filter(
  ({ folder }) => existsSync(join(folder, 'cdk.tf.json')) && deploymentsOf(folder).length > 0,
);

testUnless(noLab)('at least three stacks have pods', () => {
  expect(stacks.length).toBeGreaterThanOrEqual(3);
});

function plannedAfterDrift(name: string, before: string, after: string): (readonly string[])[] {
  const file = join(scratch, `${name}-drift.json`);
  writeFileSync(file, JSON.stringify(driftOf(deploymentsOf(before))));
  return changesIn(upgradePlan(scratch, before, after, { env: { LAB_DRIFT: file } }))
    .filter(({ change }) => change.actions[0] !== 'no-op')
    .map(({ address, change }) => [address.split('.')[0]!, ...change.actions]);
}

testUnless(noLab)('a Deployment without ignored paths is planned back', () => {
  const { folder } = stacks.find(({ name }) => name.endsWith('/fastapi-workloads'))!;
  const copy = join(scratch, 'without-ignored-paths');
  cpSync(folder, copy, { recursive: true });
  const file = join(copy, 'cdk.tf.json');
  const content = JSON.parse(readFileSync(file, 'utf8')) as {
    resource: { kubernetes_deployment_v1: Record<string, { lifecycle?: unknown }> };
  };
  const deployments = Object.values(content.resource.kubernetes_deployment_v1);
  for (const deployment of deployments) delete deployment.lifecycle;
  writeFileSync(file, JSON.stringify(content));
  expect(plannedAfterDrift('control', folder, copy)).toEqual(
    deployments.map(() => ['kubernetes_deployment_v1', 'update']),
  );
});

describe('after a restart, a scaling and a change by Autopilot', () => {
  testUnless(noLab).each(stacks.length > 0 ? stacks : [{ name: 'no stack', folder: '' }])(
    '$name plans to nothing',
    ({ name, folder }) => {
      expect(plannedAfterDrift(name.replaceAll('/', '-'), folder, folder)).toEqual([]);
    },
  );
});
