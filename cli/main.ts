#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './program';

/*
 * Entry of the command `cdktf-multicloud`. The build bundles it to dist/cli/main.js, so package.json is two folders up.
 */

interface Manifest {
  readonly version: string;
}

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as Manifest;

// A reader such as `head` closes the pipe when it has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void run(process.argv.slice(2), version, process).then((code) => {
  // `process.exit` would cut output that is not written yet.
  process.exitCode = code;
});
