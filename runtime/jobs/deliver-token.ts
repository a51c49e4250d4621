import {
  JOB_ANNOTATIONS,
  TASK_TOKEN,
  type JobTargetSettings,
  type DeliverTokenRequest,
  type JobStatus,
} from '../../lib/contracts/jobs';
import { NON_RETRYABLE_ERRORS, type GkeError } from '../../lib/contracts/job-errors';
import { Failure } from '../shared/http/failure';
import type { Run } from '../shared/input/execution';
import { bridgeLabels } from './job';
import type { JobsApi } from './jobs-api';
import type { SecretsApi } from './secrets-api';

/**
 * Gives the pods of a Job their task token: a Secret that goes when the Job goes. The pods wait for it, and would for
 * ever if there can be none: the Job is deleted then.
 */
export async function deliverToken(
  request: DeliverTokenRequest,
  run: Run,
  target: JobTargetSettings,
  jobs: JobsApi,
  secrets: SecretsApi,
): Promise<JobStatus> {
  const { status } = request;
  try {
    await secrets.put(secretOf(request, run, target));
  } catch (error) {
    if (error instanceof Failure && NON_RETRYABLE_ERRORS.includes(error.name as GkeError)) {
      await jobs.delete(status.job, status.uid);
    }
    throw error;
  }
  return status;
}

function secretOf(
  { status, execution, step, token }: DeliverTokenRequest,
  run: Run,
  target: JobTargetSettings,
) {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: status.job,
      namespace: target.namespace,
      labels: bridgeLabels(run, target),
      annotations: { [JOB_ANNOTATIONS.executionArn]: execution, [JOB_ANNOTATIONS.step]: step },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: status.job, uid: status.uid }],
    },
    type: TASK_TOKEN.secretType,
    stringData: { [TASK_TOKEN.file]: token },
  };
}
