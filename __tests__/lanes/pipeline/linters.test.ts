import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repository, temporaryFolder } from '../terraform/lab';
import { actionlint, jsonSchema, testWith, zizmor } from './linters';
import { yamlFilesOf } from './page-files';

const scratch = temporaryFolder();
const workflows = readdirSync(join(repository, '.github/workflows')).map(
  (file) => `.github/workflows/${file}`,
);
const STRICT = ['--offline', '--quiet', '--no-progress', '--strict-collection', '--persona', 'auditor'];

/** Repository whose only workflow interpolates the title of a pull request into a shell and pins no action. */
const BAD = `name: bad
on: pull_request_target
jobs:
  bad:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo "\${{ github.event.pull_request.title }}"
      - run: echo "\${{ matrix.absent }}"
`;

function repositoryWith(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(scratch, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Files that the pages show, as a project would have them. */
const pages = ['pipelines.md', 'pipelines-gitlab.md', 'pipelines-atlantis.md'].flatMap(yamlFilesOf);
const shown = (pattern: RegExp) =>
  Object.fromEntries(pages.filter(({ path }) => pattern.test(path)).map(({ path, text }) => [path, text]));

testWith(actionlint, 'actionlint finds nothing in the workflows', (lint) => {
  expect(lint(...workflows)).toEqual({ status: 0, output: '' });
});

testWith(
  zizmor,
  'zizmor finds nothing in the workflows, the action and the settings of Dependabot',
  (lint) => {
    expect(lint(...STRICT, '.')).toEqual({
      status: 0,
      output: expect.stringContaining('No findings to report'),
    });
    // Only the form that actionlint does not know is ignored.
    const { output } = lint(...STRICT, '--no-ignores', '--format', 'json', '.');
    const findings = JSON.parse(output) as { ident: string }[];
    expect([...new Set(findings.map(({ ident }) => ident))]).toEqual(['self-repository']);
  },
);

testWith(actionlint, 'actionlint finds what is wrong in a bad workflow', (lint) => {
  const { status, output } = lint(
    join(repositoryWith('bad', { '.github/workflows/bad.yml': BAD }), '.github/workflows/bad.yml'),
  );
  expect([status, output]).toEqual([1, expect.stringContaining('potentially untrusted')]);
  expect(output).toContain('property "absent" is not defined');
});

testWith(zizmor, 'zizmor finds what is wrong in a bad workflow', (lint) => {
  const { output } = lint(
    ...STRICT,
    '--format',
    'json',
    repositoryWith('worse', { '.github/workflows/bad.yml': BAD }),
  );
  const findings = JSON.parse(output) as { ident: string }[];
  expect(findings.map(({ ident }) => ident)).toEqual(
    expect.arrayContaining([
      'template-injection',
      'unpinned-uses',
      'dangerous-triggers',
      'excessive-permissions',
    ]),
  );
});

testWith(jsonSchema, 'workflows, action and Dependabot match their schemas', (lint) => {
  expect(lint('--builtin-schema', 'vendor.github-workflows', ...workflows)).toMatchObject({ status: 0 });
  expect(lint('--builtin-schema', 'vendor.github-actions', 'action.yml')).toMatchObject({ status: 0 });
  expect(lint('--builtin-schema', 'vendor.dependabot', '.github/dependabot.yml')).toMatchObject({
    status: 0,
  });
});

testWith(jsonSchema, 'the pipeline for GitLab matches its schema, and a wrong one does not', (lint) => {
  const files = shown(/^\.gitlab-ci\.yml$/);
  expect(Object.keys(files)).toEqual(['.gitlab-ci.yml']);
  const schema = ['--builtin-schema', 'vendor.gitlab-ci', '--data-transform', 'gitlab-ci'];
  const file = (name: string, text: string) =>
    join(repositoryWith(name, { '.gitlab-ci.yml': text }), '.gitlab-ci.yml');
  const [text] = Object.values(files);
  expect(lint(...schema, file('gitlab', text!))).toMatchObject({ status: 0 });
  expect(lint(...schema, file('no-gitlab', text!.replaceAll('stage: plan', 'stages: plan')))).toMatchObject({
    status: 1,
  });
});

testWith(zizmor, 'zizmor finds nothing in the workflows that the pages show', (lint) => {
  const files = shown(/^\.github\/workflows\//);
  expect(Object.keys(files)).not.toEqual([]);
  expect(lint(...STRICT, repositoryWith('shown', files))).toMatchObject({ status: 0 });
});

testWith(actionlint, 'actionlint finds nothing in the workflows that the pages show', (lint) => {
  const folder = repositoryWith('shown-too', shown(/^\.github\/workflows\//));
  const files = readdirSync(join(folder, '.github/workflows')).map((file) =>
    join(folder, '.github/workflows', file),
  );
  expect(lint(...files)).toEqual({ status: 0, output: '' });
});
