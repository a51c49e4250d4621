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
      rule: 'the job may still run then, and another would run beside it',
      fix: 'Name errors with which it has ended, or say why two do no harm in acknowledge.overlappingJobs.',
    });
  }
}

interface StepWithRetries {
  readonly retry?: Readonly<Record<string, unknown>>;
  readonly acknowledge?: { readonly overlappingJobs?: string };
}
