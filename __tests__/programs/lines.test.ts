import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lines of a program without imports, comments and blank lines. */
function linesOf(program: string): string[] {
  return readFileSync(join(__dirname, `${program}.ts`), 'utf8')
    .replaceAll(/^import [^;]+;\n/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('//'));
}

// The same programs had 32, 42, 50, 38 and 30 lines before defaults, derived values, grants and factories.
test.each([
  ['web', 25],
  ['etl', 26],
  ['event', 35],
  ['service', 37],
  ['secret', 28],
])('the program %s has at most %d lines', (program, most) => {
  expect(linesOf(program).length).toBeLessThanOrEqual(most);
});

test.each(['etl', 'event', 'service', 'secret'])('the program %s states reason and owner once', (program) => {
  const text = linesOf(program).join('\n');
  expect(text.match(/\b(reason|owner): /g)).toEqual(['reason: ', 'owner: ']);
});
