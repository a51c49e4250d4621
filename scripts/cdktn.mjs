import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/*
 * The compiled library for projects of cdktn. The source is written for cdktf and compiles with the types of both
 * cores, so the build for cdktn is the same code with other package names.
 */

/** Text of a compiled file with the names of cdktn and its bindings, in imports and in messages. */
export const toCdktn = (text) =>
  text.replace(/(['"])cdktf(?=['"/])/g, '$1cdktn').replaceAll('@cdktf/', '@cdktn/');

/** Writes `dist/cdktn` from `dist/lib`. */
export function buildForCdktn() {
  rmSync('dist/cdktn', { recursive: true, force: true });
  cpSync('dist/lib', 'dist/cdktn', { recursive: true });
  for (const file of readdirSync('dist/cdktn', { recursive: true }).filter((name) =>
    /\.(js|d\.ts)$/.test(name),
  )) {
    const path = join('dist/cdktn', file);
    writeFileSync(path, toCdktn(readFileSync(path, 'utf8')));
  }
}
