import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { reviewMarkdown, type Review } from '../../../lib/review';
import { anyText } from '../../any-text';
import { policy, reviewOf, type Change } from '../../review/plans';
import { Chromium, chromiumProgram } from './chromium';

/* The comment of a review as GitHub renders it. The variable SCREENSHOTS names a folder for pictures of it. */

const program = chromiumProgram();
if (program === undefined) process.stderr.write('skipped: no Chromium (apt-get install chromium)\n');
const withChromium = program === undefined ? describe.skip : describe;

const CSS = readFileSync(require.resolve('github-markdown-css/github-markdown.css'), 'utf8');

const HOSTILE = [
  'x` | <b>@admin #1</b> --> \n## title\u202e\u0007 [a](javascript:b) ${"y"}',
  '"><script>document.title="owned"</script>\'`|\n\u202e<img src=x onerror=alert(1)>',
  '@octocat and (@org/team) fix #12, GH-34, octocat/repo#5',
  'https://evil.example www.evil.example ftp://evil.example mailto:a@evil.example a.b@evil.example',
  '`code` ``two`` \\` \\| \\\\| a|b',
  '</code></details></summary><details open>',
  '<!-- hidden --> <![CDATA[x]]> <?php ?>',
  '$x$ $$y$$ :tada: ~~gone~~ **bold** __under__ [^1] ![i](x.png)',
  '- [ ] task\n1. one\n> quote\n    code\n|a|b|\n|-|-|',
  '&lt;b&gt; &#64;admin &commat;admin &num;1',
  '\\@admin \\#1 *@admin* _@admin_ -@admin',
];

const policyOf = (name: string): Change => ({
  type: 'aws_iam_role_policy',
  name: 'p',
  address: `aws_iam_role_policy.p["${name}"]`,
  after: {
    role: name,
    policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${name}` }),
  },
});
const reviewWith = (names: readonly string[]): Review => {
  const changes = names.flatMap((name): Change[] => [
    policyOf(name),
    { type: 'aws_s3_bucket', address: `aws_s3_bucket.b["${name}"]`, before: { bucket: name } },
    {
      type: 'google_project_iam_member',
      address: `google_project_iam_member.m["${name}"]`,
      after: { project: 'p', role: name, member: `user:${name}` },
    },
    {
      type: 'aws_instance',
      address: `aws_instance.i["${name}"]`,
      before: { name: 'a', image: name },
      after: { name, image: 'b' },
    },
  ]);
  const review = reviewOf(changes);
  const [stack] = review.stacks;
  return {
    ...review,
    stacks: [{ ...stack!, name: names[0]!, warnings: names, deferred: names, checks: names, outputs: names }],
    exceeded: names,
    others: names.map((name) => ({ tool: name, rule: name, level: 'error', message: name, place: name })),
    access: review.access.map((row) => ({ ...row, reason: names[0]!, owner: names[1] ?? 'o', ticket: 't' })),
  };
};

/** Elements of a comment. */
const ELEMENTS = [
  ...['B', 'BLOCKQUOTE', 'BR', 'CODE', 'DETAILS', 'EM', 'H2', 'H3', 'LI', 'P', 'STRONG', 'SUMMARY'],
  ...['TABLE', 'TBODY', 'TD', 'TH', 'THEAD', 'TR', 'UL'],
];

/** Texts that GitHub makes a mention or a reference of: it searches rendered text outside of code. */
const LINKED = [/(^|[^\w])@[a-z\d]/i, /(^|[^\w])#\d/, /\bGH-\d/i, /\bwww\./i, /:\/\//];

withChromium('the comment in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'markdown-'));
  let browser: Chromium;
  // The body of a skipped suite runs, too.
  beforeAll(() => {
    browser = new Chromium(program!);
  });
  afterAll(async () => {
    await browser.stop();
    rmSync(folder, { recursive: true });
  });

  async function open(markdown: string, scheme: 'dark' | 'light' = 'light'): Promise<void> {
    const html = execFileSync(process.execPath, [join(__dirname, 'github-markdown.mjs')], {
      input: markdown,
    });
    const file = join(folder, 'comment.html');
    const style = `${CSS} body { margin: 0; } @media (prefers-color-scheme: dark) { body { background: #0d1117; } } article { max-width: 900px; padding: 16px; }`;
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8"><style>${style}</style><article class="markdown-body">${html.toString()}</article>`,
    );
    await browser.open(file, scheme);
  }
  const inComment = <T>(expression: string) =>
    browser.evaluate<T>(
      `(() => { const all = [...document.querySelectorAll('article *')]; return ${expression}; })()`,
    );

  async function expectHarmless(): Promise<void> {
    const names = await inComment<string[]>('[...new Set(all.map(({ tagName }) => tagName))].sort()');
    expect(names.filter((name) => !ELEMENTS.includes(name))).toEqual([]);
    const widths = await inComment<number[][]>(
      "[...document.querySelectorAll('table')].map((table) => [...new Set([...table.rows].map((row) => row.cells.length))])",
    );
    expect(widths.filter((each) => each.length !== 1)).toEqual([]);
    const texts = await inComment<string[]>(
      "all.filter((each) => each.closest('code') === null).flatMap((each) => [...each.childNodes]).filter((node) => node.nodeType === 3).map((node) => node.data)",
    );
    for (const pattern of LINKED) expect(texts.filter((text) => pattern.test(text))).toEqual([]);
  }

  test.each(HOSTILE)('%j is text wherever it is', async (name) => {
    await open(reviewMarkdown(reviewWith([name])));
    await expectHarmless();
    expect(await browser.evaluate('document.title')).toBe('');
  });

  test('names of any text are text', async () => {
    for (const names of fc.sample(fc.array(anyText(), { minLength: 8, maxLength: 8 }), {
      numRuns: 12,
      seed: 7,
    })) {
      await open(reviewMarkdown(reviewWith(names)));
      await expectHarmless();
    }
  });

  test('a name is shown as it is written', async () => {
    const review = reviewOf([policyOf('etl_bridge-1')]);
    await open(reviewMarkdown({ ...review, stacks: [{ ...review.stacks[0]!, name: 'dev-platform_1' }] }));
    expect(await inComment("document.querySelector('tbody td:nth-child(2)').textContent")).toBe(
      'role etl_bridge-1',
    );
    expect(await inComment("document.querySelector('summary').textContent")).toBe('dev-platform_1: 1 create');
  });

  test.each(['light', 'dark'] as const)('a usual comment in %s', async (scheme) => {
    const trust = {
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: 'sts:AssumeRole',
    };
    const role = { name: 'etl-bridge', assume_role_policy: policy(trust) };
    const statement = (Action: string) =>
      policy({ Effect: 'Allow', Action, Resource: 'arn:aws:s3:::sales/*' });
    const found = reviewOf([
      { type: 'aws_iam_role', before: role, after: role },
      {
        type: 'aws_iam_role_policy',
        name: 'reads',
        before: { role: 'etl-bridge', policy: statement('s3:GetObject') },
        after: { role: 'etl-bridge', policy: statement('s3:*') },
      },
      {
        type: 'aws_iam_role_policy',
        name: 'keys',
        before: { role: 'etl-bridge', policy: statement('kms:Decrypt') },
        after: { role: 'etl-bridge', policy: statement('kms:Decrypt') },
      },
      { type: 'aws_s3_bucket', name: 'sales', before: { bucket: 'sales' } },
      {
        type: 'aws_lambda_function',
        name: 'loader',
        before: { memory_size: 128 },
        after: { memory_size: 256 },
      },
    ]);
    await open(reviewMarkdown(found), scheme);
    await expectHarmless();
    expect(
      await inComment("[...document.querySelectorAll('h2, h3')].map((each) => each.textContent)"),
    ).toEqual([
      'Plan review: 1 delete, 2 update; 1 broader or unknown access',
      'Access',
      'Deleted and replaced',
    ]);
    expect(await inComment("[...document.querySelectorAll('details')].map((each) => each.open)")).toEqual([
      false,
      false,
    ]);
    const pictures = process.env.SCREENSHOTS;
    if (pictures === undefined) return;
    await inComment("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    writeFileSync(join(pictures, `comment-${scheme}.png`), await browser.screenshot(932));
  });
});
