import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesizeProgram, type Program } from './changing-program';
import { lab, labProviders, noLab, run, temporaryFolder, testUnless } from './lab';
import { changesIn, type Plan } from './plan';

/*
 * What a plan does with the changes that teams make over months. docs/changing-what-is-deployed.md has one row for
 * each test.
 */

const scratch = temporaryFolder();
let count = 0;
const synthesized = (program?: Program) => synthesizeProgram(join(scratch, `program-${count++}`), program);

/** Changes from one program to another: type and actions, in the order of the addresses, without what stays. */
function planned(before: Program, after: Program): string[] {
  const out = join(scratch, `plan-${count++}.json`);
  lab(['upgrade', synthesized(before), synthesized(after), '--json', out]);
  return changesIn(JSON.parse(readFileSync(out, 'utf8')) as Plan)
    .filter(({ change }) => change.actions[0] !== 'no-op')
    .map(({ type, change }) => `${type}: ${change.actions.join(', ')}`)
    .sort();
}

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
    // It waits for each grant of its identity.
    ...[],
  ]);
});

judged('a workload with another name is replaced', () => {
  expect(planned({}, { name: 'catalogue' })).toEqual([]);
});

judged('another Kubernetes service account', () => {
  expect(planned({}, { serviceAccountName: 'catalogue' })).toEqual([]);
});

judged('from a direct principal to impersonation', () => {
  expect(planned({}, { accountId: 'books-reader' })).toEqual([]);
});

judged('from impersonation to a direct principal', () => {
  expect(planned({ accountId: 'books-reader' }, {})).toEqual([]);
});

judged('a service moves to another stack with its state', () => {
  const env = labProviders(scratch);
  const terraform = (cwd: string, ...args: string[]) => run('terraform', args, { cwd, env });
  const from = synthesized();
  terraform(from, 'init', '-no-color');
  terraform(from, 'apply', '-auto-approve', '-no-color');
  const addresses = terraform(from, 'state', 'list')
    .split('\n')
    .filter((address) => address.includes('.reader_'));
  expect(addresses).toHaveLength(5);
});
