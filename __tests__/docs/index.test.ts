import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './pages';

const root = join(__dirname, '../..');
const index = textOf('README.md');

test('the index of docs links to each page', () => {
  const pages = readdirSync(join(root, 'docs')).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  expect(pages.filter((page) => !index.includes(`(${page}`))).toEqual([]);
});

test('the index of docs names each construct and step of the API report', () => {
  const report = readFileSync(join(root, 'etc/cdktf-multicloud.api.md'), 'utf8');
  const names = [...report.matchAll(/^export class (\w+) extends (?:Construct|\w*Step|\w+Base)\b/gm)].map(
    ([, name]) => name!,
  );
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !index.includes(`\`${name}\``))).toEqual([]);
});
