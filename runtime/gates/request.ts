import type { GateReading, GateRequest } from '../../lib/contracts/gates';
import { GATE_ERRORS } from '../../lib/contracts/gate-errors';
import { ANY_EXECUTION_ARN } from '../shared/input/execution';
import { FieldError, object, text, type Fields, type Form } from '../shared/input/fields';
import { readRequest } from '../shared/input/request';

/** A gate answers at once, so an Express state machine can ask it too. */
const EXECUTION: Form = { pattern: ANY_EXECUTION_ARN, rule: 'must be the ARN of an execution' };

/** Reads what a state machine sent, or fails with the name of the field that is not as it must be. */
export function parseRequest(event: unknown, { kind }: GateReading): GateRequest {
  return readRequest(GATE_ERRORS.BAD_REQUEST, () => {
    const request = object(event, 'request');
    return {
      execution: text(request.execution, 'execution', EXECUTION),
      step: text(request.step, 'step'),
      ...(kind === 'prediction' && { instances: readInstances(request) }),
    };
  });
}

function readInstances({ instances }: Fields): readonly unknown[] {
  if (Array.isArray(instances) && instances.length > 0) return instances;
  throw new FieldError('instances', 'must be a list of one or more');
}
