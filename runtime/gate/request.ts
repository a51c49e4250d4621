import type { GateReading, GateRequest } from '../../lib/orchestration/gate-contract';
import { GATE_ERRORS } from '../../lib/orchestration/gate-errors';
import { Failure } from '../http/failure';
import { EXECUTION_ARN } from '../input/execution';
import { FieldError, object, text, type Fields, type Form } from '../input/fields';

const EXECUTION: Form = { pattern: EXECUTION_ARN, rule: 'must be the ARN of an execution' };

/** Reads what a state machine sent, or fails with the name of the field that is not as it must be. */
export function parseRequest(event: unknown, { kind }: GateReading): GateRequest {
  try {
    const request = object(event, 'request');
    return {
      execution: text(request.execution, 'execution', EXECUTION),
      step: text(request.step, 'step'),
      ...(kind === 'prediction' && { instances: readInstances(request) }),
    };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    throw new Failure(GATE_ERRORS.BAD_REQUEST, `The request is malformed: ${error.message}`);
  }
}

function readInstances({ instances }: Fields): readonly unknown[] {
  if (Array.isArray(instances) && instances.length > 0) return instances;
  throw new FieldError('instances', 'must be a list of one or more');
}
