import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import { errorOfCode, failureOfPod } from './failed-pod';
import { Failure } from '../shared/http/failure';
import { holding, newest, type Condition, type Pod } from './kubernetes';
import { truncate } from '../shared/http/redact';

/** Error of a failed Job: from its condition, or from the failed pod that counts. */
export function failureOf(
  failed: Condition,
  pods: readonly Pod[],
  exitCodes: Readonly<Record<string, string>>,
): Failure {
  const { reason, message } = failed;
  const detail = [reason, message].filter(Boolean).join(': ') || 'no reason is given';
  if (reason === 'DeadlineExceeded') {
    return new Failure(GKE_ERRORS.DEADLINE_EXCEEDED, `The Job ran longer than its deadline (${detail}).`);
  }
  const policy = policyMatch(message ?? '');
  const pod = podThatFailed(pods, policy?.pod);
  // The condition keeps the exit code after the deletion of the pod.
  if (policy !== undefined && pod?.metadata.name !== policy.pod) {
    const { container, exitCode } = policy;
    return new Failure(
      errorOfCode(exitCode, exitCodes),
      `Container ${container} ended with code ${exitCode}, and its pod ${policy.pod} was deleted.`,
    );
  }
  if (pod !== undefined) {
    return (
      failureOfPod(pod, exitCodes) ??
      new Failure(GKE_ERRORS.JOB_FAILED, `The Job failed (${truncate(detail, 1000)}).`)
    );
  }
  if (reason === 'PodFailurePolicy' || reason === 'BackoffLimitExceeded') {
    return new Failure(GKE_ERRORS.POD_DELETED, `The Job failed, and its pods were deleted (${detail}).`);
  }
  return new Failure(GKE_ERRORS.JOB_FAILED, `The Job failed (${truncate(detail, 1000)}).`);
}

/** Message of the Job controller for a rule of the pod failure policy with exit codes. */
const POLICY_MESSAGE = /^Container (\S+) for pod [a-z0-9-]+\/([a-z0-9.-]+) failed with exit code (\d+)/i;

function policyMatch(message: string) {
  const [, container, pod, exitCode] = POLICY_MESSAGE.exec(message) ?? [];
  return container !== undefined && pod !== undefined
    ? { container, pod, exitCode: Number(exitCode) }
    : undefined;
}

/** The pod that a pod failure policy names, else the newest. Pods that the Job deleted come last. */
function podThatFailed(pods: readonly Pod[], named: string | undefined): Pod | undefined {
  const failed = pods.filter(hasFailed);
  const ownEnd = failed.filter((pod) => pod.metadata.deletionTimestamp === undefined || isDisrupted(pod));
  return failed.find((pod) => pod.metadata.name === named) ?? newest(ownEnd) ?? newest(failed);
}

function hasFailed(pod: Pod): boolean {
  return pod.status?.phase === 'Failed' || isDisrupted(pod);
}

function isDisrupted({ status }: Pod): boolean {
  return holding(status?.conditions, 'DisruptionTarget') !== undefined;
}
