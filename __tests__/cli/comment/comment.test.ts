import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markerOf } from '../../../cli/comment/post';
import { reviewPlans } from '../../../lib/review';
import { modelOf, planOf, type Change } from '../../review/plans';
import { runCli } from '../streams';
import { LoopbackHost, TOKEN } from './loopback-host';

const folder = mkdtempSync(join(tmpdir(), 'comment-'));
const reviewFile = (name: string, changes: readonly Change[]): string => {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(reviewPlans(modelOf(planOf(changes)), { rules: [] })));
  return path;
};
const changed = reviewFile('changed', [{ type: 'aws_s3_bucket', before: { bucket: 'books' } }]);
const unchanged = reviewFile('unchanged', []);
const marker = markerOf(['prod']);

const host = new LoopbackHost();
beforeAll(() => host.start());
afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  host.comments = [];
  host.requests.length = 0;
  host.refuse = () => undefined;
  process.env.GITHUB_TOKEN = TOKEN;
  process.env.GITLAB_TOKEN = TOKEN;
});

const comment = (path: string, ...more: string[]) =>
  runCli(['comment', path, '--api', host.url, '--repository', 'o/r', '--number', '7', ...more]);

test.each(['github', 'gitlab'])('%s: creates the comment, and updates it at the next run', async (name) => {
  expect(await comment(unchanged, '--host', name)).toEqual({
    code: 0,
    stdout: 'The comment was created.\n',
    stderr: '',
  });
  expect((await comment(changed, '--host', name)).stdout).toBe('The comment was updated.\n');
  expect(host.comments).toHaveLength(1);
  expect(host.comments[0]!.body).toMatch(new RegExp(`^${marker}\n## Plan review: 1 delete`));
});

test('a comment of another author with the marker is not edited', async () => {
  host.comments = [{ id: 1, body: `${marker}\nfake`, author: 'mallory' }];
  await comment(changed);
  expect(host.comments.map(({ author }) => author)).toEqual(['mallory', 'bot']);
  expect(host.comments[0]!.body).toBe(`${marker}\nfake`);
});

test('the comment is found on a later page, and the last of two is updated', async () => {
  const others = Array.from({ length: 230 }, (_, index) => ({ id: index + 1, body: 'hi', author: 'ada' }));
  host.comments = [
    ...others,
    { id: 231, body: marker, author: 'bot' },
    { id: 232, body: marker, author: 'bot' },
  ];
  expect((await comment(changed)).stdout).toBe('The comment was updated.\n');
  expect(host.comments[230]!.body).toBe(marker);
  expect(host.comments[231]!.body).toContain('## Plan review');
});

test('other stacks have another comment', async () => {
  await comment(changed);
  await comment(changed, '--expect-stack', 'dev');
  expect(host.comments).toHaveLength(2);
  expect(host.comments[1]!.body).toContain('> **No plan of these stacks:** `dev`');
});

test('a login that the token cannot read is an option', async () => {
  host.comments = [{ id: 1, body: marker, author: 'github-actions[bot]' }];
  await comment(changed, '--author', 'github-actions[bot]');
  expect(host.requests).not.toContain('GET /user');
  expect(host.comments[0]!.body).toContain('## Plan review');
});

test('a comment that is too long for the host is shortened', async () => {
  const many = reviewFile(
    'many',
    Array.from({ length: 700 }, (_, index) => ({ type: 'aws_instance', name: `i${index}`, after: {} })),
  );
  host.refuse = (body) => (body.length > 25_000 ? 422 : undefined);
  expect((await comment(many)).stdout).toBe('The comment was created.\n');
  expect(host.comments[0]!.body.length).toBeLessThan(25_000);
});

test('no changes', async () => {
  expect((await comment(unchanged, '--skip-no-changes')).stdout).toBe('The comment was skipped.\n');
  expect(host.comments).toEqual([]);
  await comment(changed);
  expect((await comment(unchanged, '--skip-no-changes')).stdout).toBe('The comment was updated.\n');
});

test('a dry run posts nothing and needs no token', async () => {
  delete process.env.GITHUB_TOKEN;
  const { code, stdout } = await runCli(['comment', changed, '--dry-run']);
  expect([code, host.requests]).toEqual([0, []]);
  expect(stdout).toMatch(new RegExp(`^${marker}\n## Plan review: 1 delete`));
});

test.each<[number, RegExp]>([
  [403, /^error: POST .* was answered with 403\. The token needs the permission to write comments/],
  [422, /^error: POST .* was answered with 422\.\n$/],
  [500, /^error: POST .* was answered with 500\.\n$/],
])('status %i exits with 1', async (status, message) => {
  host.refuse = () => status;
  const { code, stdout, stderr } = await comment(changed);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain(TOKEN);
});

test.each<[string, string[], RegExp]>([
  [
    'no number',
    ['--repository', 'o/r'],
    /^error: --number is required\. It must be the number of the pull request\.\n$/,
  ],
  [
    'a number that is none',
    ['--repository', 'o/r', '--number', 'x'],
    /--number must be the number of the pull request \(got "x"\)/,
  ],
  [
    'a repository with spaces',
    ['--repository', 'o r', '--number', '1'],
    /--repository must have the form OWNER\/NAME/,
  ],
  [
    'an address without a server',
    ['--repository', 'o/r', '--number', '1', '--api', 'http://127.0.0.1:1'],
    /got no answer/,
  ],
])('%s exits with 1', async (_, args, message) => {
  const { code, stderr } = await runCli(['comment', changed, '--api', host.url, ...args]);
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
});

test('without a token, and with another file', async () => {
  delete process.env.GITHUB_TOKEN;
  expect((await comment(changed)).stderr).toBe('error: The variable GITHUB_TOKEN must have a token.\n');
  const other = join(folder, 'other.json');
  writeFileSync(other, '{}');
  expect((await comment(other)).stderr).toMatch(
    /must be a review\. "cdktf-multicloud review --format json" writes one\.\n$/,
  );
});

test('a wrong token', async () => {
  process.env.GITHUB_TOKEN = 'other';
  expect((await comment(changed)).stderr).toBe('error: GET /user was answered with 401. Check the token.\n');
});
