import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import { failureOfPod } from './failed-pod';
import { Failure } from '../shared/http/failure';
import { holding, newest, type Condition, type Pod } from './kubernetes';
import { truncate } from '../shared/http/redact';

/** Why a Job failed: as its condition says, or as its newest failed pod does. */
export function failureOf(
  failed: Condition,
  pods: readonly Pod[],
  exitCodes: Readonly<Record<string, string>>,
): Failure {
  const { reason, message } = failed;
  const said = [reason, message].filter(Boolean).join(': ') || 'no reason is given';
  if (reason === 'DeadlineExceeded') {
    return new Failure(GKE_ERRORS.DEADLINE_EXCEEDED, `The Job ran longer than its deadline (${said}).`);
  }
  const pod = podThatFailed(pods, message ?? '');
  if (pod !== undefined) {
    return (
      failureOfPod(pod, exitCodes) ??
      new Failure(GKE_ERRORS.JOB_FAILED, `The Job failed (${truncate(said, 1000)}).`)
    );
  }
  if (reason === 'PodFailurePolicy' || reason === 'BackoffLimitExceeded') {
    return new Failure(
      GKE_ERRORS.POD_DELETED,
      `The Job failed and has no pod left that tells why (${said}).`,
    );
  }
  return new Failure(GKE_ERRORS.JOB_FAILED, `The Job failed (${truncate(said, 1000)}).`);
}

/** The one that a pod failure policy names, else the newest; those that the Job took down with it come last. */
function podThatFailed(pods: readonly Pod[], message: string): Pod | undefined {
  const named = /\bpod [a-z0-9-]+\/([a-z0-9.-]+) /i.exec(message)?.[1];
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
