import type { Report } from '../../../core/rules';

/** Errors after which nobody knows whether the job has ended. */
const AMBIGUOUS_OUTCOME =
  /^(States\.(ALL|TaskFailed|Timeout)|(Lambda|Sandbox)\..+|(GKE|Vertex)\.(ApiUnavailable|ApiThrottled|AuthFailed))$/;

/** Refuses another job where the one before may still run, unless that was thought of. */
export function checkOverlappingJobs({ retry = {}, acknowledge }: StepWithRetries, report: Report): void {
  if (acknowledge?.overlappingJobs !== undefined) return;
  for (const error of Object.keys(retry).filter((name) => AMBIGUOUS_OUTCOME.test(name))) {
    report({
      property: `retry["${error}"]`,
      value: retry[error],
      rule: 'not be retried without an acknowledgement, because the first job can still run beside the next',
      fix: 'List errors that end the job, or set acknowledge.overlappingJobs to the reason why two are harmless.',
    });
  }
}

interface StepWithRetries {
  readonly retry?: Readonly<Record<string, unknown>>;
  readonly acknowledge?: { readonly overlappingJobs?: string };
}
