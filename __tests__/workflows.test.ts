import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/*
 * Rules for the workflows that no linter has. The lane "pipeline" runs the linters.
 */

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const paths = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const jobs = paths.flatMap((path) => {
  const { jobs: all, permissions } = parse(read(path)) as Workflow;
  return Object.entries(all).map(([name, job]) => ({
    where: `${path}: ${name}`,
    steps: job.steps,
    permissions: job.permissions ?? permissions,
  }));
});
const action = parse(read('action.yml')) as { runs: Job };
const uses = (steps: readonly Step[], name: string) => steps.some((step) => step.uses?.startsWith(name));

test('each action has one commit and one version, in the workflows, in the action and in the pages', () => {
  const pins = [...paths, 'action.yml', 'docs/pipelines.md'].flatMap((path) =>
    [...read(path).matchAll(/uses: ((?!\.\/|OWNER)[^@\s]+)@(.*)/g)].map(([, name, pin]) => ({ name, pin })),
  );
  expect(pins.filter(({ pin }) => !/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(pin!))).toEqual([]);
  const byName = new Map<string, Set<string>>();
  for (const { name, pin } of pins) byName.set(name!, (byName.get(name!) ?? new Set()).add(pin!));
  expect([...byName].filter(([, each]) => each.size > 1)).toEqual([]);
});

test('no command has an expression, so that no text of a user is read by a shell', () => {
  const steps = [...jobs, { where: 'action.yml', steps: action.runs.steps }];
  const found = steps.flatMap(({ where, steps: each }) =>
    each.filter(({ run }) => run?.includes('${{')).map(({ run }) => `${where}: ${run}`),
  );
  expect(found).toEqual([]);
});

test('a job that writes to the repository has neither the code of a pull request nor a sign-in', () => {
  const writing = jobs.filter(({ permissions }) =>
    Object.entries(permissions).some(([scope, access]) => scope !== 'id-token' && access === 'write'),
  );
  expect(writing.map(({ where }) => where)).toEqual([
    '.github/workflows/drift.yml: report',
    '.github/workflows/plan.yml: comment',
    '.github/workflows/plan.yml: findings',
    '.github/workflows/release.yml: github-release',
  ]);
  for (const { where, steps, permissions } of writing) {
    expect([where, uses(steps, 'actions/checkout'), permissions['id-token']]).toEqual([
      where,
      false,
      undefined,
    ]);
  }
});

test('the only folder that a plan job stores is that of the review', () => {
  const stored = action.runs.steps.filter((step) => step.uses?.startsWith('actions/upload-artifact'));
  expect(stored).toMatchObject([{ with: { path: '${{ runner.temp }}/${{ inputs.artifact }}' } }]);
  const planning = jobs.filter(({ steps }) => uses(steps, './'));
  expect(planning).toHaveLength(4);
  for (const { where, steps } of planning)
    expect([where, uses(steps, 'actions/upload-artifact')]).toEqual([where, false]);
});

test('a release uses no cache that another workflow wrote', () => {
  const text = read('.github/workflows/release.yml');
  expect(text.match(/package-manager-cache: false/g)).toHaveLength(
    text.match(/actions\/setup-node@/g)!.length,
  );
  expect(text).not.toMatch(/^ *cache:/m);
});
