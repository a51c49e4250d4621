import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import {
  JOB_ANNOTATIONS,
  type JobTargetSettings,
  type JobStatus,
  type SubmitRequest,
} from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import { Failure } from '../shared/http/failure';
import { jobName, kubernetesJobOf, specHash } from './job';
import type { JobsApi } from './jobs-api';
import type { Job } from './kubernetes';
import { phaseOf } from './phase';
import { jobReferenceOf } from './job-reference';

/** Creates the Job of a request, or adopts the Job of an earlier call whose response was lost. */
export async function submit(
  request: SubmitRequest,
  run: Run,
  target: JobTargetSettings,
  jobs: JobsApi,
): Promise<JobStatus> {
  const job = (await jobs.create(kubernetesJobOf(request, run, target))) ?? (await adopted(request, jobs));
  return {
    done: false,
    job: job.metadata.name,
    uid: job.metadata.uid,
    waitSeconds: Math.ceil(request.schedule.initialSeconds),
    phase: phaseOf(job),
    place: jobReferenceOf(job.metadata.name, target),
  };
}

async function adopted(request: SubmitRequest, jobs: JobsApi): Promise<Job> {
  const job = await jobs.find(jobName(request));
  if (job === undefined) {
    throw new Failure(
      GKE_ERRORS.API_UNAVAILABLE,
      'The Kubernetes API rejected the Job as existing, and no Job has its name.',
    );
  }
  if (job.metadata.annotations?.[JOB_ANNOTATIONS.specHash] === specHash(request)) return job;
  throw new Failure(GKE_ERRORS.JOB_CONFLICT, 'A Job of this name exists with another content.');
}
