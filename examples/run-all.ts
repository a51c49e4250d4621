import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { table, writtenStacks } from '../stacks/report';

// Each example is an app of its own, so each runs in a process of its own, as it does for its reader.
for (const { name } of readdirSync(__dirname, { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
)) {
  const main = join(__dirname, name, 'main.js');
  if (!existsSync(main)) continue;
  const outdir = join('cdktf.out', 'examples', name);
  mkdirSync(outdir, { recursive: true });
  execFileSync(process.execPath, [main], { env: { ...process.env, CDKTF_OUTDIR: outdir }, stdio: 'inherit' });
  console.log(`${name}\n${table(writtenStacks(outdir))}\n`);
}
