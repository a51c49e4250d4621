import { PipelineError, runCommand } from './pipeline-error.mjs';
import { setOutput } from './workflow-files.mjs';

/*
 * Finds the workflow run on GitHub whose reviews were approved with the merge of a pull request, and sets the output
 * `run-id`:
 *
 *   node approved-run.mjs plan.yml
 *
 * GITHUB_SHA is the commit on the main branch. APPROVED_RUN replaces the search: a user names the run whose reviews
 * were read. GITHUB_TOKEN needs `actions: read` and `pull-requests: read`.
 */

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_SHA, GITHUB_TOKEN, APPROVED_RUN } = process.env;

async function main() {
  const [workflow] = process.argv.slice(2);
  if (workflow === undefined) throw new PipelineError('The argument must be the file name of a workflow.');
  const run = APPROVED_RUN ? given(APPROVED_RUN) : await runOf(await mergedHead(), workflow);
  console.log(`The reviews of run ${run} are the approved ones.`);
  setOutput('run-id', run);
  return 0;
}

function given(run) {
  if (!/^[1-9]\d{0,19}$/.test(run))
    throw new PipelineError(`APPROVED_RUN must be the id of a workflow run (got ${JSON.stringify(run)}).`);
  return run;
}

/** Last commit of the pull request whose merge made the commit. */
async function mergedHead() {
  const pulls = await get(`/commits/${GITHUB_SHA}/pulls`);
  const merged = pulls.find((each) => each.merged_at !== null && each.merge_commit_sha === GITHUB_SHA);
  if (merged === undefined)
    throw new PipelineError(
      `${GITHUB_SHA} must be the merge of a pull request. Review a plan, and start the workflow by hand with its run.`,
    );
  return merged.head.sha;
}

/** Last successful run of the workflow for the commit. Runs for pull requests from forks have no plan. */
async function runOf(head, workflow) {
  const query = new URLSearchParams({ head_sha: head, event: 'pull_request', status: 'success' });
  const { workflow_runs: runs } = await get(
    `/actions/workflows/${encodeURIComponent(workflow)}/runs?${query}`,
  );
  const newest = runs
    .filter((each) => each.head_sha === head && each.head_repository?.full_name === GITHUB_REPOSITORY)
    .sort((a, b) => b.run_number - a.run_number)[0];
  if (newest === undefined)
    throw new PipelineError(
      `${head} must have a successful run of ${workflow}. Review a plan, and start the workflow by hand with its run.`,
    );
  return given(String(newest.id));
}

async function get(path) {
  const response = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}${path}`, {
    headers: { authorization: `Bearer ${GITHUB_TOKEN}`, accept: 'application/vnd.github+json' },
    redirect: 'error',
  });
  if (!response.ok) {
    throw new PipelineError(`GET ${path.replace(/\?.*$/, '')} was answered with ${response.status}.`);
  }
  return response.json();
}

await runCommand(main);
