import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './script';

/*
 * Terraform and the command are replaced: the lane "pipeline" runs the real ones. This file tests what the script
 * passes to them, and what is left when they fail.
 */

const SECRET = 'value-that-only-the-plan-has';

/** Plans what the folder of the stack says, prints the secret as Terraform may do, and fails if the stack has to fail. */
const TERRAFORM = `#!/bin/sh
stack=$(basename "$PWD")
echo "$stack $*" >> "$CALLS"
case "$1" in
  plan)
    echo '${SECRET}'
    if [ "$stack" = dev-broken ]; then echo 'Error: no such bucket' >&2; exit 1; fi
    for each in "$@"; do
      case "$each" in -out=*) printf '%s' '${SECRET}' > "\${each#-out=}" ;; esac
    done
    ;;
  show) echo "{\\"stack\\":\\"$stack\\",\\"secret\\":\\"${SECRET}\\"}" ;;
esac
`;

/** Writes a review of the right form that names the plans, and ends as the environment says. */
const NPX = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const after = (name) => args[args.lastIndexOf(name) + 1];
const stacks = args.flatMap((each, index) => args[index - 1] === '--stack' ? [each.split('=')] : [])
  .map(([name, file]) => ({ name, counts: JSON.parse(readFileSync(file)).stack === name ? { create: 1 } : {}, drift: [] }));
const text = JSON.stringify({ version: 1, digest: 'd'.repeat(64), stacks, args: args.filter((each) => !each.includes('/')) });
writeFileSync(after('--output'), after('--format') === 'json' ? text : 'text of ' + after('--format'));
process.exit(args.includes('none') ? 0 : Number(process.env.REVIEW_CODE));
`;

const root = mkdtempSync(join(tmpdir(), 'plan-and-review-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const executable = (file: string, text: string) => {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
};
const bin = join(root, 'bin');
const temporary = join(root, 'tmp');
for (const each of [bin, temporary]) mkdirSync(each);
executable(join(bin, 'terraform'), TERRAFORM);
executable(join(bin, 'npx'), NPX);
const names = ['dev-platform', 'dev-workloads', 'dev-broken', 'prod-platform'];
for (const name of names) mkdirSync(join(root, 'cdktf.out/stacks', name), { recursive: true });
const stacks = Object.fromEntries(names.map((name) => [name, { workingDirectory: `stacks/${name}` }]));
writeFileSync(join(root, 'cdktf.out/manifest.json'), JSON.stringify({ stacks }));

const calls = join(root, 'calls');
const output = join(root, 'output');
const summary = join(root, 'summary');
beforeEach(() => {
  for (const file of [calls, output, summary, join(root, 'review')])
    rmSync(file, { recursive: true, force: true });
});

const run = (args: readonly string[], reviewCode = 0) =>
  runScript('plan-and-review.mjs', args, {
    cwd: root,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      TMPDIR: temporary,
      CALLS: calls,
      REVIEW_CODE: String(reviewCode),
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    },
  });
const review = () =>
  JSON.parse(readFileSync(join(root, 'review/review.json'), 'utf8')) as {
    stacks: { name: string; counts: object }[];
    args: string[];
  };

test('plans each stack without a lock and reviews the plans together', async () => {
  const { code, stdout } = await run(['--stacks', 'dev-platform', '--stacks', 'prod-*']);
  expect([code, stdout]).toEqual([0, 'dev-platform: planned\nprod-platform: planned\n']);
  expect(readFileSync(calls, 'utf8').replace(/[^ =]*\/plans-\w+/g, 'PLANS')).toBe(
    ['dev-platform', 'prod-platform']
      .map(
        (name) => `${name} init -input=false -no-color
${name} plan -input=false -no-color -lock=false -out=PLANS/${name}.tfplan
${name} show -json PLANS/${name}.tfplan
`,
      )
      .join(''),
  );
  expect(review().stacks).toEqual(
    ['dev-platform', 'prod-platform'].map((name) => ({ name, counts: { create: 1 }, drift: [] })),
  );
});

test('waits for the lock with --lock', async () => {
  await run(['--stacks', 'dev-platform', '--lock']);
  expect(readFileSync(calls, 'utf8')).toContain('-lock-timeout=5m');
});

test('passes options after "--" to the review', async () => {
  await run(['--stacks', 'dev-platform', '--', '--profile', 'dev', '--fail-on', 'broadening']);
  expect(review().args).toEqual(expect.arrayContaining(['--profile', 'dev', '--fail-on', 'broadening']));
});

test('leaves no plan, and prints nothing of it', async () => {
  const { stdout, stderr } = await run(['--stacks', 'dev-*']);
  expect(readdirSync(temporary)).toEqual([]);
  expect(readdirSync(join(root, 'review')).sort()).toEqual(['review.json', 'review.md', 'review.sarif']);
  expect(stdout + stderr).not.toContain(SECRET);
});

test('shows the review in the summary and sets the outputs of the step', async () => {
  await run(['--stacks', 'dev-platform']);
  expect(readFileSync(summary, 'utf8')).toBe('text of markdown\n');
  expect(readFileSync(output, 'utf8')).toBe(`digest=${'d'.repeat(64)}\nchanged=true\n`);
});

test('ends with 2 if a gate is not passed, after the review is written', async () => {
  expect((await run(['--stacks', 'dev-platform'], 2)).code).toBe(2);
  expect(review().stacks).toHaveLength(1);
});

test('reviews the other stacks if the plan of one fails, and ends with 1', async () => {
  const { code, stdout, stderr } = await run(['--stacks', 'dev-*']);
  expect([code, stdout]).toEqual([1, expect.stringContaining('dev-broken: the plan failed\n')]);
  expect(stderr).toBe('Error: no such bucket\nerror: These stacks could not be planned: dev-broken.\n');
  expect(review().stacks.map(({ name }) => name)).toEqual(['dev-platform', 'dev-workloads']);
});

test('writes no review if no stack can be planned', async () => {
  const { code, stderr } = await run(['--stacks', 'dev-broken']);
  expect([code, stderr]).toEqual([1, expect.stringContaining('No stack could be planned.')]);
  expect(readdirSync(root)).not.toContain('review');
});

test.each([
  [
    ['--stacks', 'test-*'],
    'error: --stacks must match a stack (got "test-*"). The stacks are dev-platform, ',
  ],
  [['--stacks', 'dev-[pw]*'], 'error: --stacks must match a stack (got "dev-[pw]*").'],
  [[], 'error: --stacks is required.'],
  [['--stacks', '*', '--synthesized', 'absent'], 'error: --synthesized must be the output of an app ('],
])('rejects %j', async (args, message) => {
  const { code, stderr } = await run(args);
  expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
});
