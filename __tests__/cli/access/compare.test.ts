import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../streams';

const folder = mkdtempSync(join(tmpdir(), 'compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a document and returns its path. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const policy = (action: string, given: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: action, Resource: 'arn:aws:s3:::books/*', ...given },
});
const inNetwork = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } };
const all = file('all.json', policy('s3:*', inNetwork));
const get = file('get.json', policy('s3:Get*', inNetwork));
const odd = file('odd.json', policy('s3:*', { Condition: { StringSoundsLike: { 'aws:a': 'b' } } }));

const compare = (...args: readonly string[]) => runCli(['access', 'compare', ...args]);

test('prints within and exits with 0', async () => {
  expect(await compare(get, all)).toEqual({
    code: 0,
    stdout: 'within: B allows every request that A allows.\n',
    stderr: '',
  });
});

test('prints the witness of a broader document and exits with 2', async () => {
  expect(await compare(all, get)).toEqual({
    code: 2,
    stdout: `broader: A allows a request that B does not allow.
  action        s3:x
  resource      arn:aws:s3:::books/
  aws:SourceIp  "10.0.0.0"
`,
    stderr: '',
  });
});

test('prints the reason of an unknown answer and exits with 2', async () => {
  expect(await compare(odd, get)).toEqual({
    code: 2,
    stdout: `unknown: the documents are not decided.
  reason  The condition operator "StringSoundsLike" is not known.
`,
    stderr: '',
  });
});

test('prints JSON with --format json', async () => {
  const { code, stdout } = await compare('--format', 'json', all, get);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual({
    relation: 'broader',
    witness: {
      action: 's3:x',
      resource: 'arn:aws:s3:::books/',
      context: { 'aws:SourceIp': ['10.0.0.0'] },
    },
  });
});

test('reads one document from standard input', async () => {
  const { code } = await runCli(
    ['access', 'compare', '-', all],
    JSON.stringify(policy('s3:Get*', inNetwork)),
  );
  expect(code).toBe(0);
});

test.each([
  [[all], 'error: Two documents are required (got 1). See --help.\n'],
  [[all, get, odd], 'error: Two documents are required (got 3). See --help.\n'],
  [['-', '-'], 'error: Only one document can be standard input.\n'],
  [['--batch', '-', all], 'error: --batch must not be combined with documents.\n'],
  [
    [all, join(folder, 'none.json')],
    `error: The file ${join(folder, 'none.json')} cannot be read (ENOENT: no such file or directory, open '${join(folder, 'none.json')}').\n`,
  ],
  [
    ['--batch', join(folder, 'none.jsonl')],
    `error: The file ${join(folder, 'none.jsonl')} cannot be read (ENOENT: no such file or directory, open '${join(folder, 'none.jsonl')}').\n`,
  ],
  [
    [all, get, '--knd', 'x'],
    "error: unknown option '--knd'\n(Did you mean --kind?)\nAdd --help for usage.\n",
  ],
])('exits with 1 for wrong usage: %j', async (args, stderr) => {
  expect(await compare(...args)).toEqual({ code: 1, stdout: '', stderr });
});

test('exits with 1 for a file that is not JSON', async () => {
  const { code, stderr } = await compare(file('text.json', '{'), all);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: The file .*text\.json must be JSON \(.+\)\.\n$/);
});

test('exits with 1 for an unknown kind and lists the kinds', async () => {
  const { code, stderr } = await compare(all, get, '--kind', 'aws');
  expect(code).toBe(1);
  expect(stderr).toMatch(/argument 'aws' is invalid\. Allowed choices are aws-policy, aws-trust/);
});

describe('a batch', () => {
  const batch = async (...lines: readonly string[]) => {
    const ran = await runCli(['access', 'compare', '--batch', '-'], lines.join('\n'));
    return {
      ...ran,
      answers: ran.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    };
  };
  const pair = (kind: string, a: unknown, b: unknown) => JSON.stringify({ kind, a, b });

  test('has an answer for each line, in order, and exits with 0', async () => {
    const { code, answers } = await batch(
      pair('aws-policy', policy('s3:Get*'), policy('s3:*')),
      pair('aws-policy', policy('s3:*'), policy('s3:Get*')),
      pair('aws-policy', policy('s3:Get*'), JSON.stringify(policy('s3:*'))),
    );
    expect(code).toBe(0);
    expect(answers).toEqual([
      { relation: 'within' },
      { relation: 'broader', witness: { action: 's3:x', resource: 'arn:aws:s3:::books/', context: {} } },
      { relation: 'within' },
    ]);
  });

  test('answers a bad line with unknown, and goes on', async () => {
    const { code, answers } = await batch(
      '{',
      '',
      '[]',
      'null',
      pair('terraform', {}, {}),
      '{"kind":"aws-policy","a":{}}',
      pair('aws-policy', 1, 2),
      pair('aws-policy', policy('s3:*'), policy('s3:*')),
    );
    expect(code).toBe(0);
    expect(answers).toEqual([
      { relation: 'unknown', reason: expect.stringMatching(/^The line must be JSON: /) as string },
      { relation: 'unknown', reason: expect.stringMatching(/^The line must be JSON: /) as string },
      {
        relation: 'unknown',
        reason: expect.stringMatching(/^kind must be one of .* \(got undefined\)\.$/) as string,
      },
      { relation: 'unknown', reason: 'The line must be an object.' },
      {
        relation: 'unknown',
        reason: expect.stringMatching(/^kind must be one of .* \(got "terraform"\)\.$/) as string,
      },
      { relation: 'unknown', reason: 'a and b are required.' },
      { relation: 'unknown', reason: 'Document A must be an object.' },
      { relation: 'within' },
    ]);
  });

  test('reads a file', async () => {
    const lines = file('pairs.jsonl', `${pair('aws-policy', policy('s3:*'), policy('s3:*'))}\r\n`);
    expect(await compare('--batch', lines)).toEqual({
      code: 0,
      stdout: '{"relation":"within"}\n',
      stderr: '',
    });
  });

  test('answers no line for an empty input', async () => {
    expect(await runCli(['access', 'compare', '--batch', '-'], '')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
  });
});
