import { acknowledgement } from '../../../core/justification';
import { optional, shape, type Report, type Rule } from '../../../core/rules';
import { everyStep } from '../blocks';
import type { IChainable } from '../step';

/** Errors after which the job may still run. */
const AMBIGUOUS_OUTCOME =
  /^(States\.(ALL|TaskFailed|Timeout)|(Lambda|Runtime|Sandbox)\..+|(GKE|Vertex)\.(ApiUnavailable|ApiThrottled|AuthFailed)|GKE\.Forbidden)$/;

/** Rejects retries that may start a job beside the job of the previous attempt. */
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

/** Safety checks of a step with branches or items. */
export interface OverlapAcknowledgement {
  /**
   * Reason why a retry may run while jobs of the previous attempt still run. Step Functions stops the other branches
   * or items at the first error, but not their jobs.
   * @default - a `retry` is rejected if a branch or item has a step that runs jobs
   */
  readonly overlappingJobs?: string;
}

export const overlapAcknowledgement: Rule = optional(
  shape<OverlapAcknowledgement>({ overlappingJobs: acknowledgement }),
);

/** Rejects a retry of branches or items whose jobs may still run. */
export function checkOverlappingBranches(
  { retry = {}, acknowledge }: StepWithRetries,
  chains: readonly IChainable[],
  report: Report,
): void {
  const [first] = Object.keys(retry);
  if (first === undefined || acknowledge?.overlappingJobs !== undefined) return;
  const step = chains.flatMap(everyStep).find((each) => (each.requirements().targets ?? []).length > 0);
  if (step === undefined) return;
  report({
    property: `retry["${first}"]`,
    value: retry[first],
    rule: `not overlap with jobs of the step "${step.name}", which still run when another branch or item fails`,
    fix: 'Set retry at the steps inside, or state the reason in acknowledge.overlappingJobs.',
  });
}
