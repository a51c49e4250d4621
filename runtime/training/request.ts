import type { TrainingRequest, TrainingStatus } from '../../lib/contracts/training';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { FieldError, number, object, text, type Fields, type Form } from '../shared/input/fields';
import { readFence } from '../shared/input/fence';
import { readRequest } from '../shared/input/request';
import { EXECUTION, readStep } from '../shared/input/step';

const JOB: Form = {
  pattern: /^projects\/[\w-]+\/locations\/[\w-]+\/(customJobs|pipelineJobs)\/[\w-]+$/,
  rule: 'must be the full name of a job',
};

/** Reads what a state machine sent, or fails with the name of the field that is not as it must be. */
export function parseRequest(event: unknown): TrainingRequest {
  return readRequest(VERTEX_ERRORS.BAD_REQUEST, () => read(object(event, 'request')));
}

function read(request: Fields): TrainingRequest {
  const execution = text(request.execution, 'execution', EXECUTION);
  switch (request.action) {
    case 'submit':
      return { action: 'submit', execution, ...readStep(request), job: object(request.job, 'job') };
    case 'poll':
      return { action: 'poll', execution, ...readStep(request), status: readStatus(request.status) };
    case 'cancel':
      return { action: 'cancel', execution, ...readFence(request.createdBefore) };
    default:
      throw new FieldError('action', 'must be "submit", "poll" or "cancel"');
  }
}

function readStatus(value: unknown): TrainingStatus {
  const status = object(value, 'status');
  // The answer of an earlier poll, which goes back as it came.
  if (status.done === true) return value as TrainingStatus;
  return {
    done: false,
    job: text(status.job, 'status.job', JOB),
    waitSeconds: number(status.waitSeconds, 'status.waitSeconds', 0),
    phase: '',
  };
}
