import { noLab, temporaryFolder, testUnless } from '../terraform/lab';
import { PlanSession, upgradePlan } from '../terraform/plan-session';
import { withoutProtection } from '../terraform/protection';
import { describeOnCurrentLine } from './current-line';
import { changesOf } from './changes';
import { mirrorOfBoth } from './lab';
import { ignoredByAdoptedCluster, stacksOnCdktf, stacksOnCdktn, typesOf, withoutVersions } from './stacks';

const scratch = temporaryFolder();

/** Stack with a cluster that was made by hand. */
const ADOPTED = 'fastapi-existing-cluster/existing-platform';

describeOnCurrentLine('the stacks of this repository, moved to cdktn', (folder) => {
  const before = () => (onCdktf ??= stacksOnCdktf(scratch));
  const after = () => (onCdktn ??= stacksOnCdktn(folder, scratch));
  let onCdktf: ReturnType<typeof stacksOnCdktf> | undefined;
  let onCdktn: ReturnType<typeof stacksOnCdktn> | undefined;
  let mirror: string | undefined;
  const providers = () => (mirror ??= mirrorOfBoth(folder, typesOf(before()), scratch));

  test('have the same resources byte for byte, but versions', () => {
    expect(after().map(({ name }) => name)).toEqual(before().map(({ name }) => name));
    for (const [index, stack] of after().entries()) {
      if (stack.name === ADOPTED) continue;
      expect([stack.name, withoutVersions(stack)]).toEqual([stack.name, withoutVersions(before()[index]!)]);
    }
  });

  test('have the same adopted cluster, which ignores changes of newer arguments too', () => {
    const [old, moved] = [before(), after()].map((all) => all.find(({ name }) => name === ADOPTED)!);
    const ignored = ignoredByAdoptedCluster(moved!);
    expect(ignored).toEqual(expect.arrayContaining(ignoredByAdoptedCluster(old!)));
    const newer = ignored.filter((name) => !ignoredByAdoptedCluster(old!).includes(name));
    const text = withoutVersions(moved!);
    const without = newer.reduce((rest, name) => rest.replace(new RegExp(`\\n *"${name}",`), ''), text);
    expect(newer).not.toEqual([]);
    expect(without).toBe(withoutVersions(old!));
  });

  testUnless(noLab)(
    'are planned, applied, planned to nothing and destroyed with the newest providers',
    () => {
      for (const { folder: stack } of after()) {
        const session = new PlanSession(scratch, withoutProtection(stack, scratch), {
          mirror: providers(),
        });
        session.apply();
        session.end();
      }
    },
  );

  testUnless(noLab)('change nothing over the state of the providers before', () => {
    for (const [index, { name, folder: stack }] of after().entries()) {
      const plan = upgradePlan(scratch, before()[index]!.folder, stack, { mirror: providers() });
      expect([name, changesOf(plan)]).toEqual([name, []]);
    }
  });
});
