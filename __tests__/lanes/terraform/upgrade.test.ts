import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { noLab, repository, temporaryFolder, testUnless } from './lab';
import { changesIn } from './plan';
import { upgradePlan } from './plan-session';
import { baseRevision } from './revision';
import { constructPaths, environmentStacks } from './synthesized';

/*
 * A replaced cluster or account is an outage, and its cause may be no more than a construct id. So what an
 * upgrade replaces or destroys has to stand in CHANGELOG.md, by its construct path or Terraform address.
 */

const scratch = temporaryFolder();
const today = noLab === undefined ? environmentStacks(scratch) : [];
const base = noLab ?? baseRevision(scratch);
const changelogFile = join(repository, 'CHANGELOG.md');
const changelog = existsSync(changelogFile) ? readFileSync(changelogFile, 'utf8') : '';

/** What an upgrade of one stack replaces or destroys without a word in the changelog. */
function unannounced(before: string, after: string, announced: string): string[] {
  // The second plan of every stack is empty in stacks.test.ts.
  if (configurationIn(before) === configurationIn(after)) return [];
  const paths = constructPaths(before);
  return changesIn(upgradePlan(scratch, before, after))
    .filter(({ change }) => change.actions.includes('delete'))
    .map(({ address }) => [address, paths.get(address) ?? address])
    .filter((names) => !names.some((name) => announced.includes(name)))
    .map(([address]) => address!);
}

function configurationIn(folder: string): string {
  return readFileSync(join(folder, 'cdk.tf.json'), 'utf8');
}

/** A copy of a stack in which the construct of one address has another name. */
function renamed(folder: string, address: string): string {
  const copy = mkdtempSync(join(scratch, 'renamed-'));
  cpSync(folder, copy, { recursive: true });
  const file = join(copy, 'cdk.tf.json');
  const [, name] = address.split('.');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(name!, `${name}_MOVED`));
  return copy;
}

testUnless(noLab)('a cluster that would be made anew is noticed, unless the changelog names it', () => {
  const { folder } = today.find(({ name }) => name === 'stacks/dev-platform')!;
  const [address, path] = [...constructPaths(folder)].find(([key]) =>
    key.startsWith('google_container_cluster.'),
  )!;
  const after = renamed(folder, address);
  expect(unannounced(folder, after, '- something else')).toEqual([address]);
  expect(unannounced(folder, after, `- \`${address}\` is made anew`)).toEqual([]);
  expect(unannounced(folder, after, `- \`${path}\` is made anew`)).toEqual([]);
});

if (typeof base === 'string') {
  testUnless(base)('the upgrade replaces and destroys nothing that the changelog does not name', () => {});
} else {
  describe(`from ${base.name} to today`, () => {
    test.each(base.stacks)(
      '$name loses nothing that the changelog does not name',
      ({ name, folder: before }) => {
        const after = today.find((stack) => stack.name === name);
        if (after) expect(unannounced(before, after.folder, changelog)).toEqual([]);
        else expect(changelog).toContain(basename(name));
      },
    );
  });
}
