import { readModel } from 'cdktf-multicloud/model';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { table, writtenStacks } from '../stacks/report';

// The compiled examples are in dist/examples. The sources define the list, because the build keeps old output.
const sources = join(__dirname, '../../examples');

// Each example is a separate app, so each runs in a separate process, as for a reader who starts it.
for (const name of readdirSync(sources)) {
  // The starter has a package.json: it is a separate project and is not compiled here.
  if (!existsSync(join(sources, name, 'main.ts')) || existsSync(join(sources, name, 'package.json')))
    continue;
  const outdir = join('cdktf.out', 'examples', name);
  mkdirSync(outdir, { recursive: true });
  execFileSync(process.execPath, [join(__dirname, name, 'main.js')], {
    env: { ...process.env, CDKTF_OUTDIR: outdir },
    stdio: 'inherit',
  });
  console.log(`${name}\n${table(writtenStacks(readModel(outdir), outdir))}\n`);
}
