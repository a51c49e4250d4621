import type { JobTargetSettings, JobResult, PollRequest } from '../../lib/contracts/jobs';
import { jsonOf } from '../shared/http/json';
import { hasInexactNumber } from '../shared/json';
import { holding, mainContainerOf, newest, type Job, type Pod } from './kubernetes';
import { jobReferenceOf } from './job-reference';

/** Result of a complete Job. After the deletion of its pods, only their text is lost. */
export function resultOf(
  job: Job,
  pods: readonly Pod[],
  { attempt }: PollRequest,
  target: JobTargetSettings,
): JobResult {
  const { metadata, spec, status = {} } = job;
  return {
    job: metadata.name,
    ...jobReferenceOf(metadata.name, target),
    attempt,
    ...(spec?.completionMode === 'Indexed' ? EMPTY : outputOf(newest(pods.filter(hasSucceeded)))),
    startTime: status.startTime ?? '',
    completionTime: status.completionTime ?? holding(status.conditions, 'Complete')?.lastTransitionTime ?? '',
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    completedIndexes: status.completedIndexes ?? null,
    failedIndexes: status.failedIndexes ?? null,
  };
}

type Output = Pick<JobResult, 'output' | 'message' | 'outputStatus'>;

const EMPTY: Output = { output: null, message: null, outputStatus: 'Empty' };

/** Longest termination message that the kubelet keeps. https://kubernetes.io/docs/tasks/debug/debug-application/determine-reason-pod-failure/ */
const MAX_MESSAGE_BYTES = 4_096;

function hasSucceeded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded';
}

function outputOf(pod: Pod | undefined): Output {
  const terminated = pod && mainContainerOf(pod)?.state?.terminated;
  if (terminated === undefined) return { ...EMPTY, outputStatus: 'Lost' };
  const text = terminated.message;
  if (!text) return EMPTY;
  const output = jsonOf(text);
  if (output === undefined) {
    const isCut = Buffer.byteLength(text) >= MAX_MESSAGE_BYTES;
    return { output: null, message: text, outputStatus: isCut ? 'Truncated' : 'Text' };
  }
  if (hasInexactNumber(text)) return { output: null, message: text, outputStatus: 'Inexact' };
  return { output, message: null, outputStatus: 'Json' };
}
