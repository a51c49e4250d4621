import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import { truncate } from '../shared/http/redact';
import type { VertexJob } from './job';

/** How a job stands, without the first part of Vertex AI's names: `JOB_STATE_RUNNING`, `PIPELINE_STATE_RUNNING`. */
export function phaseOf({ state = '' }: VertexJob): string {
  return state.replace(/^(JOB|PIPELINE)_STATE_/, '') || 'UNKNOWN';
}

/** Why a job failed; undefined while it has not. */
export function failureOf(job: VertexJob, exitCodes: Readonly<Record<string, string>>): Failure | undefined {
  const detail = truncate((job.error?.message ?? 'no reason is given').replace(/\.$/, ''), 1_000);
  switch (phaseOf(job)) {
    case 'FAILED':
      return new Failure(nameOf(job, exitCodes), `The job failed: ${detail}.`);
    case 'CANCELLED':
    case 'CANCELLING':
      return new Failure(VERTEX_ERRORS.CANCELLED, `The job was cancelled (${detail}).`);
    case 'EXPIRED':
      return new Failure(
        VERTEX_ERRORS.DEADLINE_EXCEEDED,
        `The job ran longer than its deadline (${detail}).`,
      );
    default:
      return undefined;
  }
}

/** RESOURCE_EXHAUSTED, https://cloud.google.com/apis/design/errors#handling_errors */
const NO_ROOM = 8;

/** Vertex AI reports the failure of the container as a sentence. */
function nameOf({ error }: VertexJob, exitCodes: Readonly<Record<string, string>>): string {
  const detail = error?.message ?? '';
  const code = /non-zero (?:status|exit code)(?: of)?:? ?(\d{1,3})/.exec(detail)?.[1];
  const named = code !== undefined && Object.hasOwn(exitCodes, code) ? exitCodes[code] : undefined;
  if (named !== undefined) return named;
  if (/out of memory|OOM/i.test(detail)) return VERTEX_ERRORS.OOM_KILLED;
  if (error?.code === NO_ROOM) return VERTEX_ERRORS.UNSCHEDULABLE;
  return VERTEX_ERRORS.JOB_FAILED;
}
