import { CALLER_VARIABLE, type GoogleCaller } from '../../lib/contracts/google-authorizer';
import { object, text, type Form } from '../shared/input/fields';

const EMAIL: Form = {
  pattern: /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/,
  rule: 'must be the e-mail of a service account',
};

/** Reads the allowed caller from the environment. Without one the function denies each request. */
export function parseCaller(json: string | undefined): GoogleCaller {
  try {
    const fields = object(JSON.parse(json ?? 'null'), 'caller');
    return { audience: text(fields.audience, 'audience'), email: text(fields.email, 'email', EMAIL) };
  } catch (error) {
    throw new Error(`The environment variable ${CALLER_VARIABLE} is malformed: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
