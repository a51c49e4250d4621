import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { JobRequest, JobSpec, JobStatus, SubmitRequest } from '../../lib/contracts/jobs';
import { EXECUTION, readStep, UUID } from '../shared/input/step';
import {
  DNS_LABEL,
  FieldError,
  number,
  object,
  optional,
  text,
  texts,
  type Fields,
} from '../shared/input/fields';
import { readFence } from '../shared/input/fence';
import { readRequest } from '../shared/input/request';

/** Largest payload of AWS Step Functions. */
const MOST_BYTES = 262_144;

/** Reads the request of a state machine. Throws `GKE.BadRequest` with the name of a malformed field. */
export function parseRequest(event: unknown): JobRequest {
  return readRequest(GKE_ERRORS.BAD_REQUEST, () => {
    if (Buffer.byteLength(JSON.stringify(event) ?? '') > MOST_BYTES) {
      throw new FieldError('request', `must have at most ${MOST_BYTES} bytes`);
    }
    return read(object(event, 'request'));
  });
}

function read(request: Fields): JobRequest {
  const execution = text(request.execution, 'execution', EXECUTION);
  switch (request.action) {
    case 'submit':
      return { action: 'submit', execution, ...readJobStep(request), ...readJob(request) };
    case 'handOver':
      return {
        action: 'handOver',
        execution,
        step: text(request.step, 'step'),
        attempt: text(request.attempt, 'attempt', UUID),
        status: readStatus(request.status),
        token: text(request.token, 'token'),
      };
    case 'poll':
      return { action: 'poll', execution, ...readJobStep(request), status: readStatus(request.status) };
    case 'cancel':
      return { action: 'cancel', execution, ...readFence(request.createdBefore) };
    default:
      throw new FieldError('action', 'must be "submit", "handOver", "poll" or "cancel"');
  }
}

function readJobStep(request: Fields) {
  return { ...readStep(request), pendingSeconds: number(request.pendingSeconds, 'pendingSeconds', 0) };
}

function readJob(request: Fields): Pick<SubmitRequest, 'name' | 'callback' | 'job'> {
  const job = object(request.job, 'job');
  const spec = object(job.spec, 'job.spec');
  const template = object(spec.template, 'job.spec.template');
  object(template.spec, 'job.spec.template.spec');
  readMetadata(template.metadata, 'job.spec.template.metadata');
  return {
    name: text(request.name, 'name', DNS_LABEL),
    callback: request.callback === true,
    job: { metadata: readMetadata(job.metadata, 'job.metadata'), spec: spec as JobSpec },
  };
}

function readMetadata(value: unknown, field: string) {
  const metadata = optional(object, value, field) ?? {};
  return {
    labels: optional(texts, metadata.labels, `${field}.labels`) ?? {},
    annotations: optional(texts, metadata.annotations, `${field}.annotations`) ?? {},
  };
}

function readEnding(value: unknown): Pick<JobStatus, 'ending'> {
  const ending = optional(object, value, 'status.ending');
  if (ending === undefined) return {};
  const error = text(ending.error, 'status.ending.error');
  return { ending: { error, cause: text(ending.cause, 'status.ending.cause') } };
}

function readStatus(value: unknown): JobStatus {
  const status = object(value, 'status');
  // The result of an earlier poll is returned unchanged.
  if (status.done === true) return value as JobStatus;
  return {
    done: false,
    job: text(status.job, 'status.job', DNS_LABEL),
    uid: text(status.uid, 'status.uid'),
    waitSeconds: number(status.waitSeconds, 'status.waitSeconds', 0),
    phase: 'Pending',
    ...readEnding(status.ending),
  };
}
