import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Finding {
  readonly at: number;
  readonly found: string;
  readonly write: string;
}

interface Rule {
  readonly write: string;
  readonly fails: readonly string[];
  readonly passes: readonly string[];
}

const scripts = join(__dirname, '../../scripts/prose');
const words = jest.requireActual<Rule[]>(join(scripts, 'words.json'));
const { markdownFindings, typescriptFindings } = jest.requireActual<
  Record<'markdownFindings' | 'typescriptFindings', (text: string) => Finding[]>
>(join(scripts, 'rules.cjs'));

const failing = words.flatMap(({ write, fails }) => fails.map((text) => [text, `write ${write}`] as const));
const passing = words.flatMap(({ passes }) => passes);
const instructions = (findings: readonly Finding[]) => findings.map(({ write }) => write);
const quoted = (findings: readonly Finding[]) => findings.map(({ found }) => found);

test('every rule of the word list has examples that fail and that pass', () => {
  expect(words.filter(({ fails, passes }) => fails.length === 0 || passes.length === 0)).toEqual([]);
});

test.each(failing)('"%s" fails in a page, a comment and a string', (text, write) => {
  expect(instructions(markdownFindings(text))).toContain(write);
  expect(instructions(typescriptFindings(`// ${text}\n`))).toContain(write);
  expect(instructions(typescriptFindings(`const text = ${JSON.stringify(text)};\n`))).toContain(write);
});

test.each(passing)('"%s" passes', (text) => {
  expect(markdownFindings(text)).toEqual([]);
  expect(typescriptFindings(`// ${text}\nconst text = ${JSON.stringify(text)};\n`)).toEqual([]);
});

test('comments and strings in the TypeScript of a page are prose', () => {
  const page = [
    '# Title',
    '',
    '```ts',
    'const a = 1; // told of it',
    '```',
    '',
    '```sh',
    '# told of it',
    '```',
  ];
  expect(markdownFindings(page.join('\n')).map(({ at, found }) => ({ at, found }))).toEqual([
    { at: 31, found: 'told of' },
  ]);
});

test('code, link targets and comments of a page are not prose', () => {
  const page = [
    'The method `judge` is [internal](judge.md). <!-- judge -->',
    '',
    '```ts',
    'judge(somebody);',
    '```',
  ];
  expect(markdownFindings(page.join('\n'))).toEqual([]);
});

test('module names, types, identifiers and tags of a source file are not prose', () => {
  const source = [
    "import { judge } from './judge';",
    '/** Calls `judge`. See {@link judge}. */',
    "export const somebody: 'judge' = judge['judge'](`${judge}`);",
  ];
  expect(typescriptFindings(source.join('\n'))).toEqual([]);
});

test('a phrase is found across the lines of a paragraph and of a comment', () => {
  expect(quoted(markdownFindings('It is\ntold of the end.'))).toEqual(['is told']);
  expect(quoted(typescriptFindings('/*\n * It is\n * told of the end.\n */'))).toEqual(['is told']);
  expect(markdownFindings('It is\n\ntold')).toEqual([]);
});

test('the parts of a template are one text', () => {
  expect(quoted(typescriptFindings('const text = `the ${1 + 1} is\n told`;'))).toEqual(['is told']);
});

test.each(['Who calls.', 'What the Job wrote.', 'Where the files are.', 'Whose token it is.'])(
  'a docstring must not begin as in "%s"',
  (text) => {
    expect(typescriptFindings(`const a = 1;\n/** ${text} */\nexport const b = a;\n`)).toEqual([
      {
        at: 13,
        found: text.split(' ')[0],
        write: 'begin a docstring with a noun phrase or a verb in the third person',
      },
    ]);
  },
);

test('a comment that is not a docstring may begin with a question word', () => {
  expect(typescriptFindings('// Where the files are.\n/** Files. */\nconst a = 1;')).toEqual([]);
});

test('a cell of a table has at most 80 characters, without the targets of links', () => {
  const table = (length: number) => `| a |\n| - |\n| [${'x'.repeat(length - 2)}](page.md) |\n`;
  expect(markdownFindings(table(80))).toEqual([]);
  expect(markdownFindings(table(81))).toEqual([
    {
      at: 12,
      found: `| [${'x'.repeat(37)}…`,
      write: 'a cell has at most 80 characters (got 81). Use prose or more rows',
    },
  ]);
});

describe('a sentence', () => {
  const sentence = (count: number) => `${Array.from({ length: count }, () => 'word').join(' ')}.`;

  test('has at most 25 words', () => {
    expect(markdownFindings(`Short. ${sentence(25)} ${sentence(25)}`)).toEqual([]);
    expect(markdownFindings(`Short. ${sentence(26)} Short.`)).toEqual([
      { at: 7, found: 'word word word word word…', write: 'a sentence has at most 25 words (got 26)' },
    ]);
  });

  test('counts inline code as one word, and no bullet', () => {
    expect(markdownFindings(`- \`a b c\` ${sentence(24)}`)).toEqual([]);
  });

  test('ends with its item, cell or heading', () => {
    const item = sentence(15).slice(0, -1);
    expect(markdownFindings(`# ${item}\n\n- ${item}\n- ${item}\n\n| ${item} | ${item} |`)).toEqual([]);
  });
});

test('the command prints file, line, words and remedy, and its arguments select files and folders', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prose-'));
  const file = (path: string, lines: readonly string[]) =>
    writeFileSync(join(folder, path), lines.join('\n'));
  const run = (...selected: string[]) => {
    try {
      return execFileSync(process.execPath, [join(scripts, 'main.mjs'), ...selected], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  try {
    ['docs', 'lib'].forEach((name) => mkdirSync(join(folder, name)));
    file('docs/a.md', ['# Title', '', 'Somebody']);
    file('docs/b.md', ['Somebody']);
    file('lib/c.ts', ['// A comment.', '// Somebody']);
    const write = 'write the actor: the caller, the user, the function, each member';
    expect(run('docs/a.md', 'lib')).toBe(
      `docs/a.md:3: "Somebody": ${write}\nlib/c.ts:2: "Somebody": ${write}\n`,
    );
    file('docs/a.md', ['# Title']);
    expect(run('docs/a.md')).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
