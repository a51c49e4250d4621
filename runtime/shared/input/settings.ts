import { FieldError, object, text, type Fields, type Form } from './fields';

/** ARN of an IAM role. */
export const ROLE_ARN: Form = {
  pattern: /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/,
  rule: 'must be the ARN of a role',
};

/**
 * Reads the settings of a function: a JSON object in one environment variable. The stack writes it, so an error is a
 * fault of the deployment, and every invocation fails with it.
 * @param variable name of the environment variable
 * @param json value of the environment variable
 * @param read reader of the fields
 */
export function readSettings<T>(variable: string, json: string | undefined, read: (fields: Fields) => T): T {
  if (json === undefined) throw new Error(`${variable} is required.`);
  try {
    return read(object(parsed(json, variable), variable));
  } catch (cause) {
    if (!(cause instanceof FieldError)) throw cause;
    const { field, message } = cause;
    throw new Error(field === variable ? message : `${variable}: ${message}`, { cause });
  }
}

/** Credentials for the token exchange with Google, of the type that a field of the settings has. */
export function readCredentials<T>(value: unknown, field: string): T {
  const credentials = object(value, field);
  for (const name of ['audience', 'subject_token_type', 'token_url']) {
    text(credentials[name], `${field}.${name}`);
  }
  const url = 'service_account_impersonation_url';
  if (credentials[url] !== undefined) text(credentials[url], `${field}.${url}`);
  return credentials as T;
}

function parsed(json: string, variable: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new FieldError(variable, 'must be JSON');
  }
}
