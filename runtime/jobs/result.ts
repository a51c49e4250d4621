import type { JobTargetSettings, JobResult, PollRequest } from '../../lib/contracts/jobs';
import { holding, newest, type Job, type Pod } from './kubernetes';
import { jobReferenceOf } from './job-reference';

/** What a complete Job gives. Its pods may be gone, which takes away nothing but what they said. */
export function resultOf(
  job: Job,
  pods: readonly Pod[],
  { attempt }: PollRequest,
  target: JobTargetSettings,
): JobResult {
  const { metadata, spec, status = {} } = job;
  const said = spec?.completionMode === 'Indexed' ? undefined : terminationMessageOf(pods);
  return {
    job: metadata.name,
    ...jobReferenceOf(metadata.name, target),
    attempt,
    ...outputOf(said),
    startTime: status.startTime ?? '',
    completionTime: status.completionTime ?? holding(status.conditions, 'Complete')?.lastTransitionTime ?? '',
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    completedIndexes: status.completedIndexes ?? null,
    failedIndexes: status.failedIndexes ?? null,
  };
}

function terminationMessageOf(pods: readonly Pod[]): string | undefined {
  const pod = newest(pods.filter(({ status }) => status?.phase === 'Succeeded'));
  const first = pod?.spec?.containers?.[0]?.name;
  return pod?.status?.containerStatuses?.find(({ name }) => name === first)?.state?.terminated?.message;
}

function outputOf(said: string | undefined): Pick<JobResult, 'output' | 'message'> {
  if (!said) return { output: null, message: null };
  try {
    return { output: JSON.parse(said) as unknown, message: null };
  } catch {
    return { output: null, message: said };
  }
}
