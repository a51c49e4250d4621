import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestOf, type AccessManifest } from '../../../lib/access/manifest/manifest';
import { graphOf, policy } from '../../access/graph/graph-of';
import { Chromium, chromiumProgram } from './chromium';

const MAIN = join(__dirname, '../../../dist/cli/main.js');
const program = chromiumProgram();
if (program === undefined) process.stderr.write('skipped: no Chromium (apt-get install chromium)\n');
const withChromium = program === undefined ? describe.skip : describe;

const HOSTILE = '"><script>document.title="owned"</script>\'`|\n\u202e<img src=x onerror=alert(1)>';

const roles = (count: number) => {
  const names = Array.from({ length: count }, (_, index) => `role-${index}`);
  return manifestOf(
    graphOf({
      aws_iam_role: Object.fromEntries(
        names.map((name) => [
          name,
          {
            name,
            assume_role_policy: policy({
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: 'sts:AssumeRole',
            }),
            '//': { reason: HOSTILE, owner: HOSTILE },
          },
        ]),
      ),
      aws_iam_role_policy: Object.fromEntries(
        names.map((name, index) => [
          name,
          {
            role: name,
            policy: policy({
              Effect: index % 7 === 0 ? 'Deny' : 'Allow',
              Action: 's3:GetObject',
              Resource: `arn:aws:s3:::bucket-${index}`,
            }),
          },
        ]),
      ),
    }),
    ['prod'],
  );
};

withChromium('the page in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  let browser: Chromium;
  // The body of a skipped suite runs, too.
  beforeAll(() => {
    browser = new Chromium(program!);
  });
  afterAll(async () => {
    await browser.stop();
    rmSync(folder, { recursive: true });
  });

  /** The page as the built command line writes it. */
  const written = (manifest: AccessManifest, name: string): string => {
    const [input, output] = [join(folder, `${name}.json`), join(folder, `${name}.html`)];
    writeFileSync(input, JSON.stringify(manifest));
    execFileSync(process.execPath, [MAIN, 'access', 'page', '-i', input, '-o', output, '--title', HOSTILE]);
    return output;
  };
  const rows = "[...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).length";
  const set = (name: string, value: string) =>
    `(() => { const began = performance.now(); const field = document.querySelector('form').elements['${name}'];
      field.value = '${value}'; field.dispatchEvent(new Event('input', { bubbles: true }));
      document.body.offsetHeight; return performance.now() - began; })()`;

  test('500 roles and 500 buckets: a filter answers in 200 ms', async () => {
    const manifest = roles(500);
    expect(manifest.nodes.length).toBeGreaterThan(1_000);
    await browser.open(written(manifest, 'large'));
    expect(await browser.evaluate(rows)).toBe(1_000);
    expect(await browser.evaluate<number>(set('search', 'bucket-499'))).toBeLessThan(200);
    expect(await browser.evaluate(rows)).toBe(1);
    await browser.evaluate(set('search', ''));
    expect(await browser.evaluate<number>(set('identity', 'role-7'))).toBeLessThan(200);
    expect(await browser.evaluate(rows)).toBe(2);
    expect(await browser.evaluate("document.querySelector('output').textContent")).toBe('2 of 1000 grants');
  });

  test('names and reasons are text, and nothing breaks the policy of the page', async () => {
    await browser.open(written(roles(3), 'hostile'));
    expect(await browser.evaluate('document.title')).toMatch(/^Access of "><script>/);
    expect(await browser.evaluate("document.querySelectorAll('img, script').length")).toBe(1);
    expect(await browser.evaluate("document.querySelectorAll('.picture svg .node').length")).toBeGreaterThan(
      3,
    );
    expect(browser.problems).toEqual([]);
  });

  test('a filter dims the rest of the picture', async () => {
    await browser.open(written(roles(3), 'picture'));
    await browser.evaluate(set('identity', 'role-1'));
    const nodes = '.picture .node';
    expect(await browser.evaluate(`document.querySelectorAll('${nodes}:not(.dim)').length`)).toBe(3);
    expect(await browser.evaluate(`document.querySelectorAll('${nodes}.dim').length`)).toBeGreaterThan(2);
  });

  test('without scripts the table is whole, and the form is not there', async () => {
    await browser.open(written(roles(3), 'plain'), 'light', false);
    expect(await browser.evaluate(rows)).toBe(6);
    expect(await browser.evaluate("getComputedStyle(document.querySelector('form')).display")).toBe('none');
  });

  test('the keyboard reaches the search, the filters, the picture and the table', async () => {
    await browser.open(written(roles(3), 'keys'));
    const reached: string[] = [];
    for (let count = 0; count < 7; count++) {
      await browser.press('Tab');
      reached.push(
        await browser.evaluate(
          "document.activeElement.name || document.activeElement.getAttribute('aria-labelledby') || ''",
        ),
      );
    }
    expect(reached).toEqual(['search', 'identity', 'cloud', 'stack', 'scope', 'picture', 'grants']);
  });

  test.each(['light', 'dark'] as const)('text has a contrast of at least 4.5 in %s', async (scheme) => {
    await browser.open(written(roles(3), scheme), scheme);
    const contrast = await browser.evaluate<number>(`(() => {
      const light = (text) => { const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map((each) => each / 255)
        .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const back = light(getComputedStyle(document.body).backgroundColor);
      return Math.min(...['td', '.deny', 'h1', '.picture text'].map((selector) => {
        const style = getComputedStyle(document.querySelector(selector));
        const ink = light(selector === '.picture text' ? style.fill : style.color);
        return (Math.max(ink, back) + 0.05) / (Math.min(ink, back) + 0.05);
      }));
    })()`);
    expect(contrast).toBeGreaterThan(4.5);
  });
});
