import { ROTATION_ERRORS } from '../../lib/contracts/rotation';
import { Failure } from '../shared/http/failure';
import { FieldError, object, text, type Form } from '../shared/input/fields';
import type { AwsStep } from './aws-rotation';

const STEP: Form = { pattern: /^(create|set|test|finish)Secret$/, rule: 'must be one of the four steps' };
const TOKEN: Form = { pattern: /^[A-Za-z0-9-]{32,64}$/, rule: 'must be the id of a version' };
const ARN: Form = { pattern: /^arn:aws[\w-]*:secretsmanager:\S+$/, rule: 'must be the ARN of a secret' };

/** Request of Secrets Manager. */
export function parseAwsStep(event: unknown): AwsStep {
  return read(() => {
    const fields = object(event, 'event');
    return {
      step: text(fields.Step, 'Step', STEP) as AwsStep['step'],
      secret: text(fields.SecretId, 'SecretId', ARN),
      version: text(fields.ClientRequestToken, 'ClientRequestToken', TOKEN),
    };
  });
}

/** Whether a new value is asked for although it may not be time for one. */
export function parseGoogleEvent(event: unknown): boolean {
  return read(() => {
    const { action } = object(event, 'event');
    if (action === 'check' || action === 'rotate') return action === 'rotate';
    throw new FieldError('action', 'must be "check" or "rotate"');
  });
}

function read<T>(fields: () => T): T {
  try {
    return fields();
  } catch (error) {
    if (error instanceof FieldError) throw new Failure(ROTATION_ERRORS.BAD_REQUEST, error.message);
    throw error;
  }
}
