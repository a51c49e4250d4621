import Ajv2020 from 'ajv/dist/2020';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './streams';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const HOSTILE = 'x | `y` <b>@team</b> \u202e\n::error::z';
const member = (role: string, comment: object = {}) => ({
  resource: {
    google_project_iam_member: {
      ci: {
        project: 'p',
        role,
        member: 'group:team@example.com',
        '//': { reason: 'runs the pipeline', ...comment },
      },
    },
  },
});
const clean = file('clean.tf.json', member('roles/logging.viewer'));
const editor = file(
  'editor.tf.json',
  member('roles/editor', { metadata: { path: `app/${HOSTILE}`, uniqueId: 'ci' } }),
);

test('a stack without findings exits with 0', async () => {
  const { code, stdout, stderr } = await runCli(['check', clean]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^no findings\n\d+ rules evaluated 1 of 1 resources\.\n$/);
});

test('a finding exits with 2 and names the rule, the resource, the reason and the fix', async () => {
  const { code, stdout } = await runCli(['check', editor]);
  expect(code).toBe(2);
  expect(stdout).toContain('error GCP002 Basic role');
  expect(stdout).toContain('google_project_iam_member.ci');
  expect(stdout).toContain('Fix: Grant a predefined role of one service');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
});

test.each([
  ['none', 0],
  ['error', 2],
  ['note', 2],
])('--fail-on %s exits with %i', async (threshold, code) => {
  expect((await runCli(['check', editor, '--fail-on', threshold])).code).toBe(code);
});

test('an unknown value fails only with --fail-on unknown', async () => {
  const path = file('unknown.tf.json', member('${var.role}'));
  expect((await runCli(['check', path])).code).toBe(0);
  expect((await runCli(['check', path, '--fail-on', 'unknown'])).code).toBe(2);
});

test('the JSON report follows its schema', async () => {
  const schema: object = JSON.parse(
    readFileSync(join(__dirname, '../../schemas/guardrail-report.schema.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ strict: true }).compile(schema);
  const { stdout } = await runCli(['check', editor, clean, '--format', 'json']);
  expect(validate(JSON.parse(stdout)) || validate.errors).toBe(true);
});

test('findings of a baseline are reported and do not fail', async () => {
  const { stdout } = await runCli(['check', editor, '--format', 'json']);
  const baseline = file('baseline.json', stdout);
  const second = await runCli(['check', editor, '--baseline', baseline, '--format', 'json']);
  expect(second.code).toBe(0);
  const { findings } = JSON.parse(second.stdout) as { findings: { isInBaseline: boolean }[] };
  expect(findings.map(({ isInBaseline }) => isInBaseline)).toEqual([true]);
});

test('SARIF has a location in the repository, a fingerprint and the rule', async () => {
  const { stdout } = await runCli(['check', editor, '--format', 'sarif', '--entry', 'main.ts']);
  const { runs } = JSON.parse(stdout) as {
    runs: { tool: { driver: { rules: { id: string }[] } }; results: Json[] }[];
  };
  const [{ tool, results } = { tool: { driver: { rules: [] } }, results: [] }] = runs;
  expect(results).toHaveLength(1);
  const [{ ruleIndex, ...result } = { ruleIndex: -1 }] = results;
  expect(tool.driver.rules[Number(ruleIndex)]?.id).toBe('GCP002');
  expect(result).toMatchObject({
    ruleId: 'GCP002',
    level: 'error',
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: 'main.ts' },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
        },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) as string },
  });
});

type Json = Record<string, unknown>;

test('hostile names are text in Markdown and in annotations', async () => {
  const markdown = (await runCli(['check', editor, '--format', 'markdown'])).stdout;
  expect(markdown).not.toMatch(/<b>|@team|\u202e|`y`/);
  const annotations = (await runCli(['check', editor, '--format', 'github'])).stdout;
  expect(annotations.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
});

test('own rules of a module are applied', async () => {
  const pack = file(
    'pack.js',
    `exports.rules = [{ id: 'OWN001', types: ['google_project_iam_member'], title: 'Group', severity: 'error',
      why: 'Because.', fix: 'Fix.', passes: [], fails: [],
      check: (r) => r.value('member').satisfies('be a person', (text) => text.startsWith('user:')) }];`,
  );
  const { code, stdout } = await runCli(['check', clean, '--rules', pack]);
  expect(code).toBe(2);
  expect(stdout).toContain('error OWN001 Group');
});

test.each([
  ['a file that does not exist', () => join(folder, 'none.json'), /must exist and be readable/],
  ['a binary plan', () => file('plan.bin', 'PK\u0003\u0004plan'), /terraform show -json/],
  ['truncated JSON', () => file('cut.json', '{"resource": {'), /JSON/],
  [
    'a plan of another major version',
    () => file('two.json', { format_version: '2.0', planned_values: {} }),
    /format_version must have the major version 1/,
  ],
  ['a file that is neither', () => file('other.json', { name: 'x' }), /must be/],
])('%s exits with 1', async (_, path, message) => {
  const { code, stdout, stderr } = await runCli(['check', path()]);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
});

test('the verb model prints the resources as JSON', async () => {
  const { code, stdout } = await runCli(['model', clean]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    stacks: [{ resources: [{ address: 'google_project_iam_member.ci' }] }],
  });
});
