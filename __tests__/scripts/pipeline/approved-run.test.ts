import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runScript } from './script';

const MERGE = 'a'.repeat(40);
const HEAD = 'b'.repeat(40);
const folder = mkdtempSync(join(tmpdir(), 'approved-run-'));
const pull = { merged_at: '2026-01-01T00:00:00Z', merge_commit_sha: MERGE, head: { sha: HEAD } };
const run = { id: 70, run_number: 7, head_sha: HEAD, head_repository: { full_name: 'o/r' } };

let pulls: object[] = [];
let runs: object[] = [];
const requests: string[] = [];
const server = createServer(({ url = '', headers }, response) => {
  requests.push(url);
  const isAllowed = headers.authorization === 'Bearer token-of-the-test';
  const answer = url.includes('/pulls') ? pulls : { workflow_runs: runs };
  response.writeHead(isAllowed ? 200 : 401).end(JSON.stringify(answer));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  pulls = [pull];
  runs = [run];
  requests.length = 0;
});

async function find(env: NodeJS.ProcessEnv = {}) {
  const output = join(folder, 'output');
  rmSync(output, { force: true });
  const ended = await runScript('approved-run.mjs', ['plan.yml'], {
    env: {
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_SHA: MERGE,
      GITHUB_TOKEN: 'token-of-the-test',
      GITHUB_OUTPUT: output,
      ...env,
    },
  });
  return { ...ended, output: ended.code === 0 ? readFileSync(output, 'utf8') : '' };
}

test('finds the last successful run for the head of the pull request that was merged', async () => {
  runs = [run, { ...run, id: 90, run_number: 9 }, { ...run, id: 80, run_number: 8 }];
  expect((await find()).output).toBe('run-id=90\n');
  expect(requests).toEqual([
    `/repos/o/r/commits/${MERGE}/pulls`,
    `/repos/o/r/actions/workflows/plan.yml/runs?head_sha=${HEAD}&event=pull_request&status=success`,
  ]);
});

test('ignores a run of a fork and a run for another commit', async () => {
  runs = [
    { ...run, head_repository: { full_name: 'fork/r' } },
    { ...run, head_sha: MERGE },
  ];
  const { code, stderr } = await find();
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining(`${HEAD} must have a successful run of plan.yml.`),
  ]);
});

test.each([
  ['is not merged', { ...pull, merged_at: null }],
  ['has the commit, but another merge', { ...pull, merge_commit_sha: HEAD }],
])('rejects a commit whose pull request %s', async (_, other) => {
  pulls = [other];
  const { code, stderr } = await find();
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining(`${MERGE} must be the merge of a pull request.`),
  ]);
});

test('takes the run that a user names, without a request', async () => {
  expect((await find({ APPROVED_RUN: '123' })).output).toBe('run-id=123\n');
  expect(requests).toEqual([]);
});

test.each(['1\nother=2', '$(id)', '-1'])('rejects %j as the id of a run', async (given) => {
  const { code, stderr } = await find({ APPROVED_RUN: given });
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('APPROVED_RUN must be the id of a workflow run'),
  ]);
});

test('names the request that the API rejected, and not the token', async () => {
  const { code, stderr } = await find({ GITHUB_TOKEN: 'another-token' });
  expect([code, stderr]).toEqual([1, `error: GET /commits/${MERGE}/pulls was answered with 401.\n`]);
});
