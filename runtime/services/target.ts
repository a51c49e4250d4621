import {
  SERVICE_METHODS,
  SERVICE_VARIABLE,
  type AwsTokenSettings,
  type GoogleTokenSettings,
  type ServiceTarget,
} from '../../lib/contracts/services';
import {
  FieldError,
  number,
  object,
  optional,
  text,
  texts,
  type Fields,
  type Form,
} from '../shared/input/fields';
import { readCredentials, readSettings, ROLE_ARN } from '../shared/input/settings';

const URL_FORM: Form = { pattern: /^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, rule: 'must be a URL' };
const ALGORITHM: Form = { pattern: /^(RS256|ES384)$/, rule: 'must be RS256 or ES384' };

/** Reads the target of the function from its environment. */
export function parseTarget(json: string | undefined): ServiceTarget {
  return readSettings(SERVICE_VARIABLE, json, read);
}

function read(target: Fields): ServiceTarget {
  return {
    name: text(target.name, 'name'),
    url: text(target.url, 'url', URL_FORM).replace(/\/$/, ''),
    certificateAuthority: optional(text, target.certificateAuthority, 'certificateAuthority'),
    methods: words(target.methods, 'methods').map((method) => {
      const known = SERVICE_METHODS.find((each) => each === method);
      if (known === undefined) throw new FieldError('methods', `must be of ${SERVICE_METHODS.join(', ')}`);
      return known;
    }),
    paths: words(target.paths, 'paths'),
    roleArn: text(target.roleArn, 'roleArn', ROLE_ARN),
    auth: readAuth(object(target.auth, 'auth')),
    responseBytes: number(target.responseBytes, 'responseBytes', 1),
    reason: text(target.reason, 'reason'),
  };
}

function readAuth(auth: Fields): GoogleTokenSettings | AwsTokenSettings {
  const audience = text(auth.audience, 'auth.audience');
  if (auth.kind === 'google') {
    return {
      kind: 'google',
      audience,
      idTokenUrl: text(auth.idTokenUrl, 'auth.idTokenUrl', URL_FORM),
      credentials: readCredentials(auth.credentials, 'auth.credentials'),
    };
  }
  if (auth.kind !== 'aws') throw new FieldError('auth.kind', 'must be "google" or "aws"');
  return {
    kind: 'aws',
    audience,
    signingAlgorithm: text(auth.signingAlgorithm, 'auth.signingAlgorithm', ALGORITHM) as 'RS256' | 'ES384',
    durationSeconds: number(auth.durationSeconds, 'auth.durationSeconds', 60),
    tags: texts(auth.tags, 'auth.tags'),
  };
}

function words(value: unknown, field: string): string[] {
  if (!Array.isArray(value)) throw new FieldError(field, 'must be a list');
  return value.map((each) => text(each, field));
}
