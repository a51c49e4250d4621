import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './pages';

const files = readdirSync(join(__dirname, '../../docs/decisions'))
  .filter((name) => /^\d{4}-/.test(name))
  .sort();

test.each(files)('%s has title, status, date and rejected alternatives', (file) => {
  const text = textOf(`decisions/${file}`);
  expect(text).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. \\S`));
  expect(text).toMatch(/^- Status: (accepted|superseded by)\b/m);
  expect(text).toMatch(/^- Date: 20\d\d-\d\d-\d\d$/m);
  expect(text).toMatch(/^## Rejected$/m);
});

test('the numbers of the decisions have no gap', () => {
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
});

test('the index has a row for each decision', () => {
  const rows = [...textOf('decisions/README.md').matchAll(/^\| \d+\. \[.+\]\((.+)\) +\|/gm)];
  expect(rows.map(([, file]) => file)).toEqual(files);
});
