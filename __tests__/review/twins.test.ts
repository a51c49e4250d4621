import { reviewPlans } from '../../lib/review';
import { joinPlans } from '../../lib/model/join';
import { readSynthesizedStack } from '../../lib/model';
import { modelOf, planOf, reviewOf, type Change } from './plans';

const S3 = 'aws_s3_bucket';
const bucket = { bucket: 'books' };
/** Last note of each change that is deleted. */
const remedies = (changes: readonly Change[]) =>
  reviewOf(changes)
    .stacks[0]!.changes.filter(({ action }) => action === 'delete')
    .map(({ notes }) => notes.at(-1));
const moved = (type: string, before: object, after: object = before): Change[] => [
  { type, name: 'old', before },
  { type, name: 'new', after },
];

test('the same thing under another address names the moved block', () => {
  expect(remedies(moved(S3, bucket))).toEqual([
    'aws_s3_bucket.new creates the same thing. To keep it, write a moved block from aws_s3_bucket.old to aws_s3_bucket.new.',
  ]);
});

const member = { bucket: 'books', role: 'roles/viewer', member: 'group:a@x.com' };
const place = { metadata: [{ name: 'web', namespace: 'books' }] };

test.each<[string, string, object, object]>([
  ['a grant', 'google_storage_bucket_iam_member', member, member],
  ['a Kubernetes object', 'kubernetes_service_v1', place, place],
  [
    'a thing whose project is known after apply',
    'google_service_account',
    { account_id: 'a', project: 'p' },
    { account_id: 'a' },
  ],
])('%s is the same thing', (_, type, before, after) => {
  expect(remedies(moved(type, before, after))[0]).toMatch(/ creates the same thing\. /);
});

test.each<[string, string, object, object]>([
  ['another role', 'google_storage_bucket_iam_member', member, { ...member, role: 'roles/owner' }],
  ['another namespace', 'kubernetes_service_v1', place, { metadata: [{ name: 'web', namespace: 'shop' }] }],
  [
    'another project',
    'google_service_account',
    { account_id: 'a', project: 'p' },
    { account_id: 'a', project: 'q' },
  ],
  ['another region', 'google_compute_subnetwork', { name: 'a', region: 'x' }, { name: 'a', region: 'y' }],
])('%s is another thing', (_, type, before, after) => {
  expect(remedies(moved(type, before, after))[0] ?? '').not.toContain('the same thing');
});

test('names of cdktf without the synthesized stack', () => {
  const changes = [
    { type: S3, name: 'reader_bucket_1A2B3C4D', before: bucket },
    { type: S3, name: 'writer_bucket_4D3C2B1A', after: bucket },
  ];
  expect(remedies(changes)).toEqual([
    'aws_s3_bucket.writer_bucket_4D3C2B1A creates the same thing. To keep it, call movedFrom(construct, OLD_PATH), whose paths --synthesized adds to the review, or write a moved block from aws_s3_bucket.reader_bucket_1A2B3C4D to aws_s3_bucket.writer_bucket_4D3C2B1A.',
  ]);
});

test('the synthesized stack gives the line of movedFrom', () => {
  // The names that cdktf gives prod/reader/bucket and prod/catalogue/bucket.
  const plans = modelOf(
    planOf([
      { type: S3, name: 'reader_bucket_7C689962', before: bucket },
      { type: S3, name: 'catalogue_bucket_F01BD875', after: bucket },
    ]),
  );
  const synthesized = {
    '//': { metadata: { stackName: 'prod' } },
    resource: {
      [S3]: { catalogue_bucket_F01BD875: { '//': { metadata: { path: 'prod/catalogue/bucket' } } } },
    },
  };
  const joined = joinPlans(plans, { stacks: [readSynthesizedStack(synthesized, { name: 'prod' })] });
  const [lost] = reviewPlans(joined, { rules: [] }).stacks[0]!.changes;
  expect(lost!.notes.at(-1)).toBe(
    "aws_s3_bucket.catalogue_bucket_F01BD875 creates the same thing. To keep it, call movedFrom(construct, 'prod/reader') for the construct prod/catalogue.",
  );
});

test('a thing that moves to another stack names the command for the state', () => {
  const [old, now] = [
    modelOf(planOf([{ type: S3, before: bucket }]), 'a'),
    modelOf(planOf([{ type: S3, after: bucket }]), 'b'),
  ];
  const [first] = reviewPlans({ stacks: [...old.stacks, ...now.stacks] }, { rules: [] }).stacks;
  expect(first!.changes[0]!.notes.at(-1)).toBe(
    'The stack b creates the same thing: aws_s3_bucket.x. To keep it, move its state with terraform state mv before the apply.',
  );
});

test('a replacement is no pair', () => {
  expect(remedies([{ type: S3, before: bucket, after: bucket, actions: ['delete', 'create'] }])).toEqual([]);
});
