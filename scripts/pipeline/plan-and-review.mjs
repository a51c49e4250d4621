import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PipelineError, runCommand } from './pipeline-error.mjs';
import { planStacks } from './plan.mjs';
import { readReview } from './review-file.mjs';
import { writeReview } from './review.mjs';
import { stacksIn } from './stacks.mjs';
import { addSummary, setOutput } from './workflow-files.mjs';

/*
 * Plans stacks of a synthesized app and reviews the plans:
 *
 *   node plan-and-review.mjs --stacks 'dev-*' [--synthesized cdktf.out] [--output review] [--lock] [-- REVIEW OPTIONS]
 *
 * Plans and review are made by one process, because the plans have secrets: they are in a private folder, which is
 * deleted before the process ends.
 *
 * Exit code: 0 passed, 2 a gate is not passed, 1 wrong usage or a plan that failed.
 */

function main() {
  const { values, positionals } = parseArgs({
    options: {
      stacks: { type: 'string', multiple: true },
      synthesized: { type: 'string', default: 'cdktf.out' },
      output: { type: 'string', default: 'review' },
      lock: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const { stacks: patterns, synthesized, output, lock } = values;
  if (patterns === undefined) throw new PipelineError('--stacks is required. It must match a stack.');
  const stacks = stacksIn(synthesized, patterns);
  const plans = mkdtempSync(join(tmpdir(), 'plans-'));
  try {
    const { planned, failed } = planStacks(stacks, { plans, locks: lock });
    if (planned.length === 0)
      throw new PipelineError('No stack could be planned. The messages of Terraform are above.');
    const code = writeReview(planned, { synthesized, output, options: positionals });
    publish(output);
    if (failed.length > 0)
      throw new PipelineError(`These stacks could not be planned: ${failed.join(', ')}.`);
    return code;
  } finally {
    rmSync(plans, { recursive: true, force: true });
  }
}

/** Shows the review in the summary of the step, and sets its outputs. */
function publish(output) {
  const { digest, stacks } = readReview(join(output, 'review.json'));
  const isChanged = stacks.some(({ counts, drift }) => Object.keys(counts).length + drift.length > 0);
  addSummary(readFileSync(join(output, 'review.md'), 'utf8'));
  setOutput('digest', digest);
  setOutput('changed', isChanged);
}

await runCommand(main);
