import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const script = pathToFileURL(join(__dirname, '../../../scripts/release/notes.mjs')).href;

/** Notes, or the message of the error. Jest loads no ES module, so that Node does. */
const notesOf = (changelog: string, version: string): string =>
  execFileSync(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { notesOf } from ${JSON.stringify(script)};
     const [changelog, version] = ${JSON.stringify([changelog, version])};
     try { console.log(notesOf(changelog, version)); } catch (error) { console.log(error.message); }`,
  ])
    .toString()
    .trimEnd();

const CHANGELOG = `# Changelog

## 0.2.0 (unreleased)

- next

## 0.1.1 (2026-03-01)

- second

### Details

text

## 0.1.0 (2026-02-01)

- first
`;

test.each([
  ['0.1.1', '- second\n\n### Details\n\ntext'],
  ['0.1.0', '- first'],
])('takes the section of %s', (version, notes) => {
  expect(notesOf(CHANGELOG, version)).toBe(notes);
});

test.each([
  ['0.2.0', '"unreleased"'],
  ['0.1', 'none'],
  ['1.0.0', 'none'],
])('rejects %s, which has no section with a date', (version, got) => {
  expect(notesOf(CHANGELOG, version)).toBe(
    `CHANGELOG.md must have the section "${version} (DATE)" (got ${got}). Write the date of the release.`,
  );
});
