import type { JobRequest, JobTargetSettings } from '../../lib/contracts/jobs';
import { jobName } from './job';
import { logsLink } from './logs-link';

/** Subject of a call, as far as the request is readable. */
export interface Subject {
  readonly execution?: string;
  readonly job?: string;
}

export function subjectOf(request: JobRequest): Subject {
  const { execution } = request;
  switch (request.action) {
    case 'submit':
      return { execution, job: jobName(request) };
    case 'handOver':
    case 'poll':
      return { execution, job: request.status.job };
    case 'cancel':
      return { execution };
  }
}

/** Sentence of an error with Job, namespace, cluster and execution. */
export function describeSubject({ execution, job }: Subject, target: JobTargetSettings): string {
  const what = job === undefined ? 'Namespace' : `Job ${job} in namespace`;
  const from = execution === undefined ? '' : `, execution ${execution}`;
  const logs = job === undefined ? '' : ` Logs: ${logsLink(target, job)}`;
  return `${what} ${target.namespace} of ${target.cluster.id}${from}.${logs}`;
}
