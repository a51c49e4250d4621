import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnCurrentLine } from '../current/current-line';
import { mirrorOfBoth } from '../current/lab';
import { projectOnCdktn, typesOf } from '../current/stacks';
import { environmentStacks } from '../terraform/synthesized';
import { labProviders, noLab, repository, temporaryFolder, testUnless } from '../terraform/lab';
import { ALL_STACKS, CoreCli, stacksOf } from './app';
import { cdktnCli } from './cdktn-cli';

const scratch = temporaryFolder();

/** Compiled entry of the sample application in the project. */
const MAIN = 'dist/stacks/main.js';

describeOnCurrentLine('the sample application, moved to cdktn', (folder) => {
  const installed = noLab === undefined ? cdktnCli() : { reason: noLab };

  testUnless('reason' in installed ? installed.reason : undefined)(
    'is deployed, planned to nothing and destroyed by the CLI of cdktn',
    () => {
      if ('reason' in installed) throw new Error(installed.reason);
      const project = projectOnCdktn(folder);
      const settings = JSON.parse(readFileSync(join(repository, 'cdktf.json'), 'utf8')) as object;
      writeFileSync(join(project.folder, 'cdktf.json'), JSON.stringify({ ...settings, app: `node ${MAIN}` }));
      const mirror = mirrorOfBoth(folder, typesOf(environmentStacks(scratch)), scratch);
      const env = labProviders(mirror);
      const cli = new CoreCli(installed.command, project.folder, env);

      cli.run('deploy', '*', '--auto-approve');
      for (const stack of ALL_STACKS) expect(cli.resourcesIn(stack)).toBeGreaterThan(0);
      expect(cli.changed(stacksOf('prod'))).toEqual([]);
      cli.destroyAll(MAIN);
      expect(ALL_STACKS.filter((stack) => cli.resourcesIn(stack) > 0)).toEqual([]);
    },
  );
});
