import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { estimatePollingCost } from '../lib/orchestration/state-machine/poll-schedule';

const folder = join(__dirname, '../docs');
const page = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('the costs that the docs name', () => {
  const TRANSITION = 0.000025;
  const CALL = 0.2 / 1_000_000 + 0.25 * 0.0000133334;
  const rows = page('costs.md')
    .split('\n')
    .filter((line) => /^\| \d/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const seconds = (time: string) => {
    const [count, unit] = time.split(' ');
    return Number(count) * (unit!.startsWith('minute') ? 60 : 3_600);
  };

  test('go from a minute to a day', () => {
    expect(rows.map(([time]) => seconds(time!))).toEqual([60, 300, 900, 3_600, 14_400, 43_200, 86_400]);
  });

  test.each(rows)('of a Job of %s are those that are computed', (time, ...cells) => {
    const { calls, transitions } = estimatePollingCost(seconds(time!));
    expect(cells).toEqual([
      String(calls),
      String(transitions),
      `$${(transitions * TRANSITION).toFixed(4)}`,
      `$${(calls * CALL).toFixed(5)}`,
    ]);
  });
});

const filesIn = (path: string) => readdirSync(join(folder, path), { recursive: true, encoding: 'utf8' });
const pages = [
  '../README.md',
  ...filesIn('.'),
  ...filesIn('../examples').map((name) => `../examples/${name}`),
].filter((name) => name.endsWith('.md'));

test('every page that a page of the docs points to is there', () => {
  const lost = pages.flatMap((name) =>
    [...page(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target]) => join(dirname(name), target!))
      .filter((target) => !existsSync(join(folder, target)))
      .map((target) => `${name}: ${target}`),
  );
  expect(lost).toEqual([]);
});

test('every heading that a page of the docs points to is there', () => {
  /** As GitHub names them. */
  const headings = (text: string) =>
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replaceAll(' ', '-'),
    );
  const lost = pages.flatMap((name) =>
    [...page(name).matchAll(/\]\((?!https?:)([^)#]*)#([^)]+)\)/g)]
      .filter(
        ([, target, heading]) =>
          !headings(page(target === '' ? name : join(dirname(name), target!))).includes(heading!),
      )
      .map(([link]) => `${name}: ${link}`),
  );
  expect(lost).toEqual([]);
});
