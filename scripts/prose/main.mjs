import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import rules from './rules.cjs';

/*
 * Checks the English of the project: `npm run prose`, or `npm run prose -- PATH…` for some files or folders. Prints
 * one line per finding and fails if there is one. The words are data, in words.json.
 */

const TEXT_FOLDERS = ['.', '.github', 'docs', 'examples'];
const CODE_FOLDERS = ['lib', 'runtime', 'cli', 'stacks', 'examples'];

const markdown = TEXT_FOLDERS.flatMap((folder) => filesIn(folder, '.md', folder !== '.'));
const typescript = CODE_FOLDERS.flatMap((folder) => filesIn(folder, '.ts', true));
const selected = process.argv.slice(2).map((path) => join(path));
const isSelected = (file) =>
  selected.length === 0 || selected.some((path) => file === path || file.startsWith(join(path, '/')));

const findings = [
  ...markdown.filter(isSelected).flatMap((file) => located(file, rules.markdownFindings)),
  ...typescript.filter(isSelected).flatMap((file) => located(file, rules.typescriptFindings)),
];
for (const { file, line, found, write } of findings) console.log(`${file}:${line}: "${found}": ${write}`);
if (findings.length > 0) {
  console.error(`${findings.length} findings in ${new Set(findings.map(({ file }) => file)).size} files`);
  process.exitCode = 1;
}

function located(file, check) {
  const text = readFileSync(file, 'utf8');
  return check(text)
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...finding }) => ({ file, line: text.slice(0, at).split('\n').length, ...finding }));
}

function filesIn(folder, extension, recursive) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive, encoding: 'utf8' })
    .filter((name) => name.endsWith(extension) && !name.includes('node_modules'))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}
