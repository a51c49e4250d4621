import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { changesOf } from './changes';
import { synthesizeProgram, type Program } from './changing-program';
import { labProviders, noLab, run, temporaryFolder, testUnless } from './lab';

/*
 * What a plan does with the changes that teams make over months. docs/changing-what-is-deployed.md has one row for
 * each test.
 */

const scratch = temporaryFolder();
const { synthesized, planned, orderOf } = changesOf<Program>(scratch, synthesizeProgram);

const judged = testUnless(noLab);

describe('a construct', () => {
  judged('with another id is destroyed and created without movedFrom', () => {
    expect(planned({}, { scopes: ['catalogue'] })).toEqual([
      'google_storage_bucket_iam_member: create',
      'google_storage_bucket_iam_member: delete',
      'kubernetes_deployment_v1: create',
      'kubernetes_deployment_v1: delete',
      'kubernetes_pod_disruption_budget_v1: create',
      'kubernetes_pod_disruption_budget_v1: delete',
      'kubernetes_service_account_v1: create',
      'kubernetes_service_account_v1: delete',
      'kubernetes_service_v1: create',
      'kubernetes_service_v1: delete',
    ]);
  });

  judged('with another id does not change with movedFrom', () => {
    expect(planned({}, { scopes: ['catalogue'], oldPath: 'shop/reader' })).toEqual([]);
  });

  judged('in another scope does not change with movedFrom', () => {
    expect(planned({}, { scopes: ['team-books', 'catalogue'], oldPath: 'shop/reader' })).toEqual([]);
  });

  judged('that is removed leaves the rest as it was', () => {
    expect(new Set(planned({}, { withService: false }).map((line) => line.split(': ')[1]))).toEqual(
      new Set(['delete']),
    );
  });
});

judged('a stack with another id does not change if it keeps its state', () => {
  expect(planned({}, { stack: 'shop-of-books' })).toEqual([]);
});

judged('an element in first place of a list is created, and the others stay', () => {
  expect(planned({}, { buckets: ['posters', 'covers'] })).toEqual([
    'google_storage_bucket_iam_member: create',
  ]);
});

judged('a workload with another name is replaced: its pods end before the new ones start', () => {
  expect(planned({}, { name: 'catalogue' })).toEqual([
    'kubernetes_deployment_v1: delete, create',
    'kubernetes_pod_disruption_budget_v1: delete, create',
    'kubernetes_service_v1: delete, create',
  ]);
});

judged('another Kubernetes service account has its roles before the pods use it', () => {
  expect(planned({}, { serviceAccountName: 'catalogue' })).toEqual([
    'google_storage_bucket_iam_member: create, delete',
    'kubernetes_deployment_v1: update',
    'kubernetes_service_account_v1: create, delete',
  ]);
  expect(orderOf({}, { serviceAccountName: 'catalogue' })).toEqual([
    'kubernetes_service_account_v1: Creating',
    'google_storage_bucket_iam_member: Creating',
    'kubernetes_deployment_v1: Modifying',
    'google_storage_bucket_iam_member: Destroying',
    'kubernetes_service_account_v1: Destroying',
  ]);
});

judged('from a direct principal to impersonation, the account has the roles first', () => {
  expect(planned({}, { accountId: 'books-reader' })).toEqual([
    'google_service_account: create',
    'google_service_account_iam_member: create',
    'google_storage_bucket_iam_member: create, delete',
    'kubernetes_service_account_v1: update',
  ]);
});

judged('from impersonation to a direct principal, the principal has the roles first', () => {
  expect(planned({ accountId: 'books-reader' }, {})).toEqual([
    'google_service_account: delete',
    'google_service_account_iam_member: delete',
    'google_storage_bucket_iam_member: create, delete',
    'kubernetes_service_account_v1: update',
  ]);
});

judged('a service moves to another stack with its state, and neither stack changes', () => {
  const env = labProviders();
  const terraform = (cwd: string, ...args: string[]) => run('terraform', args, { cwd, env });
  const apply = (folder: string) => {
    terraform(folder, 'init', '-no-color');
    terraform(folder, 'apply', '-auto-approve', '-no-color');
  };
  const old = synthesized();
  const rest = synthesized({ withService: false });
  const moved = synthesized({ stack: 'catalogue' });
  apply(old);
  const state = join(old, 'terraform.tfstate');
  for (const folder of [rest, moved]) terraform(folder, 'init', '-no-color');
  const addresses = terraform(old, 'state', 'list')
    .split('\n')
    .filter((address) => address !== '');
  const service = addresses.filter((address) => address.includes('.reader_'));
  expect(service).toHaveLength(5);
  for (const address of service) {
    terraform(
      old,
      'state',
      'mv',
      `-state=${state}`,
      `-state-out=${join(moved, 'terraform.tfstate')}`,
      address,
      address,
    );
  }
  cpSync(state, join(rest, 'terraform.tfstate'));
  expect(terraform(rest, 'plan', '-no-color')).toContain('No changes.');
  // The other resources of the new stack are created; those of the service stay.
  const plan = terraform(moved, 'plan', '-no-color');
  for (const address of service) expect(plan).not.toContain(`# ${address} will be`);
});
