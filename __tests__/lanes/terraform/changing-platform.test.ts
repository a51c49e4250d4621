import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { changesOf, operationsIn } from './changes';
import { attempt, labProviders, noLab, run, temporaryFolder, testUnless } from './lab';
import { synthesizePlatform, type Platform } from './platform-program';

/* Rows of docs/changing-what-is-deployed.md about environments, regions, clusters and endpoints. */

const scratch = temporaryFolder();
const { synthesized, planned, orderOf } = changesOf<Platform>(scratch, synthesizePlatform);
const judged = testUnless(noLab);

judged.each([
  ['more', ['prod'], ['dev', 'prod']],
  ['less', ['dev', 'prod'], ['prod']],
])('an environment %s does not change the others', (_, before, after) => {
  expect(planned({ environments: before }, { environments: after })).toEqual([]);
});

judged('a display name of an endpoint is updated, and the endpoint stays', () => {
  expect(planned({}, { displayName: 'ranking of the shop' })).toEqual(['google_vertex_ai_endpoint: update']);
});

judged('a key of an endpoint replaces it', () => {
  const endpointKmsKeyName = 'projects/keys/locations/us-central1/keyRings/data/cryptoKeys/books';
  expect(planned({}, { endpointKmsKeyName })).toEqual(['google_vertex_ai_endpoint: delete, create']);
});

judged('another region replaces the cluster, the subnetwork, the endpoint and the log bucket', () => {
  expect(planned({}, { region: 'europe-west1' })).toEqual([
    'google_compute_router: create, delete',
    'google_compute_router_nat: create, delete',
    'google_compute_subnetwork: create, delete',
    'google_container_cluster: create, delete',
    'google_logging_project_bucket_config: delete, create',
    'google_logging_project_sink: update',
    'google_project_iam_member: create, delete',
    'google_service_account: create, delete',
    'google_vertex_ai_endpoint: delete, create',
  ]);
});

/** An applied stack, and a folder with the next variant over its state. */
function applied(before: Platform, after: Platform) {
  const env = labProviders();
  const [old, next] = [synthesized(before), synthesized(after)];
  for (const cwd of [old, next]) run('terraform', ['init', '-no-color'], { cwd, env });
  run('terraform', ['apply', '-auto-approve', '-no-color'], { cwd: old, env });
  cpSync(join(old, 'terraform.tfstate'), join(next, 'terraform.tfstate'));
  const terraform = (args: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    attempt('terraform', [...args, '-no-color'], { cwd: next, env: { ...env, ...more } });
  return terraform;
}

judged('another region is rejected while the data is protected', () => {
  const terraform = applied(
    { deletionProtection: true },
    { deletionProtection: true, region: 'europe-west1' },
  );
  const { status, output } = terraform(['plan']);
  expect(status).toBe(1);
  expect(output).toContain('Instance cannot be destroyed');
});

describe('a cluster that is replaced under its name', () => {
  const APPLY = ['apply', '-auto-approve', '-parallelism=1'];
  const ranges = { podsRangeName: 'more-pods' };

  judged('is created before the old one ends, because IAM members depend on it', () => {
    expect(planned({}, ranges)).toEqual(['google_container_cluster: create, delete']);
  });

  judged('fails in Google Cloud with "already exists", and nothing is destroyed', () => {
    const terraform = applied({}, ranges);
    const before = terraform(['state', 'list']).output;
    const { status, output } = terraform(APPLY, { LAB_FAIL: 'google_container_cluster.books' });
    expect(status).toBe(1);
    expect(operationsIn(output)).toEqual(['google_container_cluster: Creating']);
    expect(terraform(['state', 'list']).output).toBe(before);
  });

  judged('is created in two steps: destroy the old one, then apply', () => {
    const terraform = applied({}, ranges);
    const [address = ''] = /^google_container_cluster\.\S+$/m.exec(terraform(['state', 'list']).output) ?? [];
    const destroyed = operationsIn(
      terraform(['destroy', '-auto-approve', '-parallelism=1', `-target=${address}`]).output,
    );
    expect(destroyed).toEqual([
      'google_storage_bucket_iam_member: Destroying',
      'kubernetes_service_account_v1: Destroying',
      'google_container_cluster: Destroying',
    ]);
    expect(operationsIn(terraform(APPLY).output)).toEqual([
      'google_container_cluster: Creating',
      'kubernetes_service_account_v1: Creating',
      'google_storage_bucket_iam_member: Creating',
    ]);
    expect(terraform(['plan']).output).toContain('No changes.');
  });

  judged('is created beside the old one if it has another name', () => {
    const order = orderOf({}, { ...ranges, clusterName: 'books-2' });
    expect(order.filter((line) => line.startsWith('google_container_cluster'))).toEqual([
      'google_container_cluster: Creating',
      'google_container_cluster: Destroying',
    ]);
  });
});
