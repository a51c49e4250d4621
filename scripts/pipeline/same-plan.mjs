import { PipelineError, runCommand } from './pipeline-error.mjs';
import { readReview } from './review-file.mjs';
import { addSummary } from './workflow-files.mjs';

/*
 * Compares the review of a plan with the review that was approved:
 *
 *   node same-plan.mjs APPROVED.json REVIEW.json
 *
 * Exit code: 0 the plan is the approved one, 2 it is another, 1 wrong usage.
 */

function main() {
  const [approvedFile, file, ...rest] = process.argv.slice(2);
  if (file === undefined || rest.length > 0)
    throw new PipelineError('The arguments must be the approved review and the review of the plan.');
  const approved = readReview(approvedFile);
  const planned = readReview(file);
  if (approved.digest === planned.digest) {
    console.log(`The plan is the approved one (digest ${planned.digest}).`);
    return 0;
  }
  const reason = `The plan must be the approved one (got digest ${planned.digest}, approved ${approved.digest}).`;
  console.error(`${reason} ${remedyOf(approved, planned)}`);
  addSummary(`**Stopped.** ${reason}\n`);
  return 2;
}

function remedyOf(approved, planned) {
  const before = changesOf(approved);
  const after = changesOf(planned);
  const lines = [
    ...after.filter((each) => !before.includes(each)).map((each) => `  planned, not approved: ${each}`),
    ...before.filter((each) => !after.includes(each)).map((each) => `  approved, not planned: ${each}`),
  ];
  return lines.length === 0
    ? 'The same resources change, with other values or another access. Review the new plan.'
    : `Review the new plan:\n${lines.join('\n')}`;
}

/** Changes as lines. JSON keeps a name with a line break from writing a line of its own, which could be a command. */
const changesOf = ({ stacks }) =>
  stacks.flatMap(({ name, changes }) =>
    changes.map(({ action, address }) => JSON.stringify(`${name}: ${action} ${address}`)),
  );

await runCommand(main);
