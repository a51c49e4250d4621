import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readPlan } from '../../../lib/model';
import { reviewPlans } from '../../../lib/review';
import { noLab, temporaryFolder, testUnless } from './lab';
import { PlanSession } from './plan-session';
import { shown } from './review-shown';

/*
 * Reviews of plans of a configuration that no construct made, by Terraform and by OpenTofu. TOFU is the path of OpenTofu,
 * if it is not on the PATH. The reviews of both are the same.
 */

const tofu = process.env.TOFU ?? 'tofu';
const noTofu =
  noLab ?? (spawnSync(tofu, ['version']).status === 0 ? undefined : 'there is no tofu on the PATH');
const scratch = temporaryFolder();

/** Arguments of a plan of a change. */
const CHANGES: readonly (readonly [string, readonly string[]])[] = [
  ['a reader may write', ['-var=readers={app=["s3:GetObject","s3:PutObject"]}']],
  ['a second reader', ['-var=readers={app=["s3:GetObject"],other=["s3:*"]}']],
  ['all users impersonate the account', ['-var=members=["group:staff@example.com","allUsers"]']],
  ['a verb more', ['-var=verbs=["get","list","delete"]']],
  ['verbs in another order', ['-var=verbs=["list","get"]']],
  ['another token', ['-var=token=hunter2hunter3']],
  ['a replacement by request', ['-replace=aws_s3_bucket.books']],
  ['destruction', ['-destroy']],
];

const PROGRAMS = [
  { name: 'Terraform', program: 'terraform', reason: noLab },
  { name: 'OpenTofu', program: tofu, reason: noTofu },
];

describe.each(PROGRAMS)('$name', ({ program, reason }) => {
  const judged = testUnless(reason);
  let session: PlanSession;
  const review = (args: readonly string[]) =>
    shown(
      reviewPlans(
        { stacks: [readPlan(session.plan(undefined, { args }), { name: 'shop' })] },
        { today: '2026-11-26' },
      ),
    );

  judged('creation', () => {
    session = new PlanSession(scratch, join(__dirname, 'handwritten'), { file: 'main.tf', program });
    expect(review([])).toMatchSnapshot();
    session.apply();
  });

  judged.each(CHANGES)('%s', (_, args) => {
    const text = review(args);
    expect(text).toMatchSnapshot();
    expect(text).not.toContain('hunter2');
  });

  judged('no change', () => {
    expect(review([])).toBe('Plan review: no changes; no broader access\n\nshop: no changes');
  });
});
