import { DeployerAccess } from 'cdktf-multicloud/deploying';
import { join, relative } from 'node:path';
import { environments } from './environments';

/*
 * Writes the custom roles, the IAM policies and the ClusterRole of the principal that applies each environment. Run
 * the synth first.
 */

const outdir = process.env.CDKTF_OUTDIR ?? 'cdktf.out';

try {
  for (const { name } of environments) {
    const stacks = DeployerAccess.fromOutput(outdir).stacks.filter((stack) => stack.startsWith(`${name}-`));
    const access = DeployerAccess.fromOutput(outdir, { stacks });
    for (const path of access.writeFiles(join(outdir, 'deployer', name)))
      console.log(relative(process.cwd(), path));
  }
} catch (error) {
  console.error(String((error as Error)?.message ?? error));
  process.exitCode = 1;
}
