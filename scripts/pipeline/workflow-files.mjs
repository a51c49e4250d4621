import { appendFileSync } from 'node:fs';

/*
 * Files through which a step of GitHub Actions writes its summary and its outputs. Other systems do not set their
 * variables, and nothing is written there.
 */

/** Adds Markdown to the summary of the step. */
export function addSummary(markdown) {
  append('GITHUB_STEP_SUMMARY', `${markdown}\n`);
}

/** Sets an output of the step. The caller passes values of a known form: a line break would set another output. */
export function setOutput(name, value) {
  append('GITHUB_OUTPUT', `${name}=${value}\n`);
}

function append(variable, text) {
  const file = process.env[variable];
  if (file) appendFileSync(file, text);
}
