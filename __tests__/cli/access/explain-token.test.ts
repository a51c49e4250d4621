import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'token-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};
const MEMBER =
  'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/ci/attribute.repository/acme/shop';
const stack = file('cdk.tf.json', {
  resource: {
    google_iam_workload_identity_pool_provider: {
      ci: {
        workload_identity_pool_id: 'ci',
        workload_identity_pool_provider_id: 'ci',
        oidc: { issuer_uri: 'https://issuer.example', allowed_audiences: ['acme'] },
        attribute_mapping: {
          'google.subject': 'assertion.sub',
          'attribute.repository': 'assertion.repository',
        },
      },
    },
    google_project_iam_member: { ci: { project: 'p', role: 'roles/viewer', member: MEMBER } },
  },
});
const claims = { iss: 'https://issuer.example', aud: 'acme', sub: 'a', repository: 'acme/shop' };
const ask = (token: object, ...more: readonly string[]) =>
  runCli(
    [
      ...['access', 'explain-token', '-', '-i', stack],
      ...['--provider', 'google_iam_workload_identity_pool_provider.ci', ...more],
    ],
    JSON.stringify(token),
  );

test('a token that is accepted ends with 0', async () => {
  const { code, stdout, stderr } = await ask(claims);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/ accepts the token as principalSet:/);
  expect(stdout).toContain(
    '  mapping    accepts  attribute.repository is "acme/shop", from assertion.repository.',
  );
});

test('a token that is rejected ends with 2, with the first part that rejects', async () => {
  const { code, stdout } = await ask({ ...claims, aud: 'other' });
  expect(code).toBe(2);
  expect(stdout).toMatch(/ rejects the token: audience\.\n/);
  expect(stdout).toContain('Request the token for this audience, or add the audience to allowed_audiences.');
});

test('JSON and Markdown', async () => {
  const json = await ask(claims, '--format', 'json');
  expect(JSON.parse(json.stdout)).toMatchObject({ result: 'accepts', identities: [MEMBER] });
  const { stdout } = await ask({ ...claims, aud: 'a|b`<x>`' }, '--format', 'markdown');
  expect(stdout).toContain('| audience | **rejects** | aud must be acme \\(got a\\|b\\`&lt;x&gt;\\`\\).');
});

test('a claim cannot change the terminal', async () => {
  const { stdout } = await ask({ ...claims, aud: '\u001b[31mred\u202e' });
  expect(stdout).toContain('\\u001b[31mred\\u202e');
});

test.each([
  ['a signed token', 'a.b.c', /^error: CLAIMS must be the JSON of the claims/],
  ['no JSON', '{', /^error: CLAIMS must be JSON/],
])('%s ends with 1', async (_, stdin, message) => {
  const options = ['--provider', 'google_iam_workload_identity_pool_provider.ci', '-i', stack];
  const { code, stderr } = await runCli(['access', 'explain-token', '-', ...options], stdin);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});

test('a file that is missing ends with 1', async () => {
  const { code, stderr } = await runCli(['access', 'explain-token', 'none.json', '--provider', 'x']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: The file none\.json cannot be read/);
});
