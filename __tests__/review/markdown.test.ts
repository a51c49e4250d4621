import { plainReview, reviewMarkdown } from '../../lib/review';
import { policy, reviewOf, type Change } from './plans';

const HOSTILE = 'x` | <b>@admin #1</b> --> \n## title\u202e\u0007 [a](javascript:b) ${"y"}';
const hostile: Change[] = [
  {
    type: 'aws_iam_role_policy',
    name: 'p',
    address: `aws_iam_role_policy.p["${HOSTILE}"]`,
    after: {
      role: HOSTILE,
      policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${HOSTILE}` }),
    },
  },
  { type: 'aws_s3_bucket', name: 'b', address: `aws_s3_bucket.b["${HOSTILE}"]`, before: { bucket: HOSTILE } },
];

test('names cannot be markup, mentions, references, rows or comments', () => {
  const text = reviewMarkdown(reviewOf(hostile));
  expect(text).not.toMatch(/<b>@|@admin|-->|\u202e|^## title/m);
  expect(text).not.toContain('](javascript:');
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  for (const row of rows) expect([4, 6]).toContain(row.split(/(?<!\\)\|/).length - 1);
  expect(plainReview(reviewOf(hostile))).not.toMatch(/\u202e/);
});

test('the smallest review', () => {
  expect(reviewMarkdown(reviewOf([])).split('\n\n').slice(0, 3)).toEqual([
    '## Plan review: no changes; no broader access',
    '**prod**: no changes',
    '0 of 0 resources that state access were read completely.',
  ]);
});

test('a large review loses attributes first, then the lists, and never access and losses', () => {
  const many: Change[] = Array.from({ length: 2_000 }, (_, index) => ({
    type: 'aws_instance',
    name: `i${index}`,
    before: { name: 'a', instance_type: 't3.small' },
    after: { name: 'b', instance_type: 't3.large' },
  }));
  const review = reviewOf([...many, ...hostile]);
  const whole = reviewMarkdown(review, 1_000_000);
  expect(whole.length).toBeGreaterThan(100_000);
  const text = reviewMarkdown(review);
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text).toContain('### Access');
  expect(text).toContain('### Deleted and replaced');
  expect(text).toContain('2000 × update aws\\_instance');
  expect(text.match(/<details>/g)!.length).toBe(text.match(/<\/details>/g)!.length);
});
