import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../lib/guardrails/catalogue';
import { textOf } from './pages';

const PART = /(<!-- rules -->\n)[^]*(<!-- \/rules -->)/;

const cell = (text: string) => text.replace(/\|/g, '\\|');

/** One table with all rules. */
function table(): string {
  const rows = catalogue.map(({ id, severity, profiles, title, controls = [] }) => [
    `\`${id}\``,
    profiles ? `${severity} (${profiles.join(', ')})` : severity,
    title,
    controls.join(', '),
  ]);
  const all = [['id', 'severity', 'finding', 'controls'], ...rows].map((cells) => cells.map(cell));
  const widths = all.reduce(
    (most, cells) => cells.map((text, at) => Math.max(text.length, most[at] ?? 3)),
    [3, 3, 3, 3],
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...others] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...others.map(line)].join('\n');
}

test('guardrails.md has the catalogue', () => {
  const page = textOf('guardrails.md');
  const renewed = page.replace(PART, `$1\n${table()}\n\n$2`);
  // npm run docs:guardrails
  if (process.env.DRAW) writeFileSync(join(__dirname, '../../docs/guardrails.md'), renewed);
  else expect(page).toBe(renewed);
});
