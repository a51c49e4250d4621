import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';

/**
 * Builds an app and writes its stacks. They are written beside the last output and moved into place when all are
 * complete, so that an app that fails leaves the last good output as it was.
 *
 * @param outdir folder of the output, as `cdktf` knows it
 * @param build adds the stacks
 */
export function synthesize(outdir: string, build: (app: App) => void): void {
  mkdirSync(outdir, { recursive: true });
  const staging = mkdtempSync(join(outdir, '.synth-'));
  try {
    const app = new App({ outdir: staging });
    build(app);
    app.synth();
    publish(staging, outdir);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Moves every file of a stack into its folder, where Terraform may keep its `.terraform` folder. */
function publish(staging: string, outdir: string): void {
  const written = readdirSync(join(staging, 'stacks'));
  for (const stack of written) {
    const target = join(outdir, 'stacks', stack);
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(join(staging, 'stacks', stack))) {
      rmSync(join(target, file), { recursive: true, force: true });
      renameSync(join(staging, 'stacks', stack, file), join(target, file));
    }
  }
  renameSync(join(staging, 'manifest.json'), join(outdir, 'manifest.json'));
  forget(outdir, written);
}

/** Deletes the configuration of stacks that the app no longer has, so that no user applies it by mistake. */
function forget(outdir: string, written: readonly string[]): void {
  for (const stack of readdirSync(join(outdir, 'stacks'))) {
    if (!written.includes(stack)) rmSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), { force: true });
  }
}
