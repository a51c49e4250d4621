import { CALLER_VARIABLE, type GoogleCaller } from '../../lib/contracts/google-authorizer';
import { text, type Form } from '../shared/input/fields';
import { readSettings } from '../shared/input/settings';

const EMAIL: Form = {
  pattern: /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/,
  rule: 'must be the e-mail of a service account',
};

/** Reads the allowed caller from the environment. Without one the function denies each request. */
export function parseCaller(json: string | undefined): GoogleCaller {
  return readSettings(CALLER_VARIABLE, json, (fields) => ({
    audience: text(fields.audience, 'audience'),
    email: text(fields.email, 'email', EMAIL),
  }));
}
