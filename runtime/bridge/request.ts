import { GKE_ERRORS } from '../../lib/orchestration/bridge-errors';
import type {
  BridgeRequest,
  JobSpec,
  JobStatus,
  PollSchedule,
  SubmitRequest,
} from '../../lib/orchestration/bridge-contract';
import { EXECUTION_ARN } from '../input/execution';
import { Failure } from '../http/failure';
import {
  DNS_LABEL,
  FieldError,
  number,
  object,
  optional,
  text,
  texts,
  type Fields,
  type Form,
} from '../input/fields';

/** The most that AWS Step Functions passes on. */
const MOST_BYTES = 262_144;

const EXECUTION: Form = {
  pattern: EXECUTION_ARN,
  rule: 'must be the ARN of an execution of a Standard workflow',
};
const UUID: Form = {
  pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  rule: 'must be a UUID',
};
const EXIT_CODE = /^(25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** Reads what a state machine sent, or fails with the name of the field that is not as it must be. */
export function parseRequest(event: unknown): BridgeRequest {
  try {
    if (Buffer.byteLength(JSON.stringify(event) ?? '') > MOST_BYTES) {
      throw new FieldError('request', `must have at most ${MOST_BYTES} bytes`);
    }
    return read(object(event, 'request'));
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new Failure(GKE_ERRORS.BAD_REQUEST, `The request is malformed: ${error.message}`);
  }
}

function read(request: Fields): BridgeRequest {
  const execution = text(request.execution, 'execution', EXECUTION);
  switch (request.action) {
    case 'submit':
      return { action: 'submit', execution, ...readStep(request), ...readJob(request) };
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
      return { action: 'poll', execution, ...readStep(request), status: readStatus(request.status) };
    case 'cancel':
      return { action: 'cancel', execution };
    default:
      throw new FieldError('action', 'must be "submit", "handOver", "poll" or "cancel"');
  }
}

function readStep(request: Fields) {
  return {
    step: text(request.step, 'step'),
    attempt: text(request.attempt, 'attempt', UUID),
    schedule: readSchedule(request.schedule),
    exitCodes: readExitCodes(request.exitCodes),
    pendingSeconds: number(request.pendingSeconds, 'pendingSeconds', 0),
    timeoutSeconds: number(request.timeoutSeconds, 'timeoutSeconds', 1),
  };
}

function readSchedule(value: unknown): PollSchedule {
  const schedule = object(value, 'schedule');
  return {
    initialSeconds: number(schedule.initialSeconds, 'schedule.initialSeconds', 1),
    factor: number(schedule.factor, 'schedule.factor', 1),
    maxSeconds: number(schedule.maxSeconds, 'schedule.maxSeconds', 1),
  };
}

function readExitCodes(value: unknown): Readonly<Record<string, string>> {
  const names = texts(value, 'exitCodes');
  for (const [code, name] of Object.entries(names)) {
    if (!EXIT_CODE.test(code)) throw new FieldError('exitCodes', 'must have codes from 0 to 255');
    text(name, `exitCodes["${code}"]`);
  }
  return names;
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

function readStatus(value: unknown): JobStatus {
  const status = object(value, 'status');
  // The answer of an earlier poll, which goes back as it came.
  if (status.done === true) return value as JobStatus;
  return {
    done: false,
    job: text(status.job, 'status.job', DNS_LABEL),
    uid: text(status.uid, 'status.uid'),
    waitSeconds: number(status.waitSeconds, 'status.waitSeconds', 0),
    phase: 'Pending',
  };
}
