import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError } from './pipeline-error.mjs';

/** Files of a review. Only `json` decides the gates. */
const FORMATS = { json: 'review.json', markdown: 'review.md', sarif: 'review.sarif' };

/**
 * Reviews plans with the command of the project, and writes JSON, Markdown and SARIF into a folder.
 *
 * @param {readonly { name: string, file: string }[]} planned
 * @param {{ synthesized: string, output: string, options: readonly string[] }} settings `options` are those of `review`
 * @returns {number} exit code of `review`: 0 passed, 2 a gate is not passed, 1 the plans are not complete
 */
export function writeReview(planned, { synthesized, output, options }) {
  mkdirSync(output, { recursive: true });
  const plans = planned.flatMap(({ name, file }) => ['--stack', `${name}=${file}`]);
  const codes = Object.entries(FORMATS).map(([format, file]) => {
    const gates = format === 'json' ? [] : ['--fail-on', 'none'];
    const target = ['--format', format, '--output', join(output, file)];
    return command(['review', ...plans, '--synthesized', synthesized, ...options, ...gates, ...target]);
  });
  return codes[0];
}

function command(args) {
  // "--no" keeps npx from a download of a package that the project did not choose.
  const { status, error } = spawnSync('npx', ['--no', '--', 'cdktf-multicloud', ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error || status === null)
    throw new PipelineError(`npx cannot be started (${error?.message ?? 'a signal ended it'}).`);
  return status;
}
