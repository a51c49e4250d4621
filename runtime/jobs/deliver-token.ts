import {
  JOB_ANNOTATIONS,
  TASK_TOKEN,
  type JobTargetSettings,
  type DeliverTokenRequest,
  type JobStatus,
} from '../../lib/contracts/jobs';
import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import { Failure } from '../shared/http/failure';
import type { Run } from '../shared/input/execution';
import { bridgeLabels } from './job';
import type { JobsApi } from './jobs-api';
import type { SecretsApi } from './secrets-api';

/**
 * Writes the task token into a Secret that Kubernetes deletes with the Job. The pods wait for the Secret. If the API
 * server rejects its content, no later call can succeed, and the Job is deleted. A denied call decides nothing.
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
    if (error instanceof Failure && error.name === GKE_ERRORS.JOB_REJECTED) {
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
