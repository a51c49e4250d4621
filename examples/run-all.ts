import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { table, writtenStacks } from '../stacks/report';

// Compiled to dist/examples; what is an example is told by the sources, since the build leaves old output behind.
const sources = join(__dirname, '../../examples');

// Each example is an app of its own, so each runs in a process of its own, as it does for its reader.
for (const name of readdirSync(sources)) {
  // The starter has a package.json: it is a project of its own and is not compiled here.
  if (!existsSync(join(sources, name, 'main.ts')) || existsSync(join(sources, name, 'package.json')))
    continue;
  const outdir = join('cdktf.out', 'examples', name);
  mkdirSync(outdir, { recursive: true });
  execFileSync(process.execPath, [join(__dirname, name, 'main.js')], {
    env: { ...process.env, CDKTF_OUTDIR: outdir },
    stdio: 'inherit',
  });
  console.log(`${name}\n${table(writtenStacks(outdir))}\n`);
}
