import { knownAtSynth, matching, optional, shape, type Rule } from '../../core/rules';

/** Runs of a pipeline that have one access. Each value is a condition; a run must meet all of them. */
export interface PipelineRuns {
  /**
   * Deployment environment of the job.
   * @default - jobs without or with any environment
   */
  readonly environment?: string;
  /**
   * Git ref of the run, for example `refs/heads/main`.
   * @default - any ref if `environment` is set, else the runs of pull requests or merge requests
   */
  readonly ref?: string;
  /**
   * Path of the workflow file in the repository, for example `.github/workflows/deploy.yml`.
   * @default - any workflow
   */
  readonly workflow?: string;
  /**
   * Whole subject of the token. It is required for `PipelineSource.oidc` and derived for the other sources.
   * @default - the subject of the source
   */
  readonly subject?: string;
}

export const pipelineRuns: Rule = shape<PipelineRuns>({
  environment: optional(
    knownAtSynth(
      matching(
        /^[A-Za-z0-9][\w./-]{0,254}$/,
        'be the name of an environment: letters, digits, ".", "_", "/" and "-", starting with a letter or digit',
      ),
    ),
  ),
  ref: optional(
    knownAtSynth(
      matching(
        /^refs\/(heads|tags)\/[\w./-]{1,200}$/,
        'be a ref of the form refs/heads/BRANCH or refs/tags/TAG, without a wildcard',
        (value) => (/^[\w.-]+$/.test(value) ? `Use "refs/heads/${value}".` : undefined),
      ),
    ),
  ),
  workflow: optional(
    knownAtSynth(
      matching(
        /^[\w.-]+(\/[\w.-]+)*\.ya?ml$/,
        'be the path of a workflow file in the repository, for example ".github/workflows/deploy.yml"',
      ),
    ),
  ),
  subject: optional(
    knownAtSynth(
      matching(
        /^[\w:@./+=-]{1,127}$/,
        'be a subject of 1 to 127 letters, digits and characters of ":@./+=_-", without a wildcard',
      ),
    ),
  ),
});
