import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reviewPlans } from '../../../lib/review';
import { modelOf, planOf, type Change } from '../../review/plans';
import { runScript } from './script';

const folder = mkdtempSync(join(tmpdir(), 'same-plan-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: object): string => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const review = (name: string, changes: readonly Change[]) =>
  write(name, reviewPlans(modelOf(planOf(changes)), { rules: [] }));

const bucket = (name: string): Change => ({ type: 'aws_s3_bucket', after: { bucket: name } });
const approved = review('approved.json', [bucket('books')]);

test('passes a plan with the digest that was approved', async () => {
  const { code, stdout } = await runScript('same-plan.mjs', [
    approved,
    review('same.json', [bucket('books')]),
  ]);
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/^The plan is the approved one \(digest \w{64}\)\.$/m),
  ]);
});

test('stops a plan that moved, and names what was not approved', async () => {
  const moved = review('moved.json', [
    bucket('books'),
    { type: 'aws_sqs_queue', before: { name: 'orders' } },
  ]);
  const { code, stderr } = await runScript('same-plan.mjs', [approved, moved]);
  expect(code).toBe(2);
  expect(stderr).toMatch(
    /^The plan must be the approved one \(got digest \w{64}, approved \w{64}\)\. Review/,
  );
  expect(stderr).toMatch(/^ {2}planned, not approved: "prod: delete aws_sqs_queue\./m);
});

test('stops a plan whose values alone moved', async () => {
  const { code, stderr } = await runScript('same-plan.mjs', [
    approved,
    review('value.json', [bucket('salaries')]),
  ]);
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('The same resources change, with other values'),
  ]);
});

test('writes no line that a name of a resource begins', async () => {
  const { stacks, ...rest } = JSON.parse(readFileSync(approved, 'utf8')) as { stacks: object[] };
  const address = 'a.b\n::set-env name=PATH::/tmp';
  const changes = [{ action: 'create', address }];
  const hostile = write('hostile.json', {
    ...rest,
    digest: 'f'.repeat(64),
    stacks: stacks.map((stack) => ({ ...stack, changes })),
  });
  const { code, stderr } = await runScript('same-plan.mjs', [approved, hostile]);
  expect(code).toBe(2);
  expect(stderr.split('\n').filter((line) => line.trim().startsWith('::'))).toEqual([]);
});

test.each([
  ['no digest', { version: 1, stacks: [] }],
  ['an empty digest', { version: 1, stacks: [], digest: '' }],
  ['another version', { version: 2, stacks: [], digest: 'a'.repeat(64) }],
])('rejects two reviews with %s, which are not the same plan', async (_, content) => {
  const file = write('other.json', content);
  const { code, stderr } = await runScript('same-plan.mjs', [file, file]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('other.json must be the JSON of a review.')]);
});

test('rejects a review that is absent', async () => {
  const { code, stderr } = await runScript('same-plan.mjs', [join(folder, 'absent.json'), approved]);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^error: The review .*absent\.json cannot be read/),
  ]);
});
