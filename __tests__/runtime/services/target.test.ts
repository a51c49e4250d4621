import { parseTarget } from '../../../runtime/services/target';
import { settings } from './service-fixtures';

describe('a target', () => {
  const google = {
    kind: 'google',
    audience: 'a',
    idTokenUrl: 'https://iamcredentials.googleapis.com/v1/x:generateIdToken',
    credentials: {
      audience: 'a',
      subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
      token_url: 'https://sts.googleapis.com/v1/token',
    },
  };
  test.each([settings, { ...settings, auth: google, certificateAuthority: 'LS0=' }])(
    'is read (%#)',
    (given) => {
      expect(parseTarget(JSON.stringify(given))).toEqual(given);
    },
  );

  test.each<[string, string | undefined]>([
    ['SERVICE_TARGET is required', undefined],
    ['SERVICE_TARGET must be JSON', '{'],
    ['SERVICE_TARGET must be an object', '[]'],
    ['SERVICE_TARGET: url must be a URL', JSON.stringify({ ...settings, url: 'ftp://x' })],
    [
      'SERVICE_TARGET: methods must be of GET, HEAD, POST, PUT, PATCH, DELETE',
      JSON.stringify({ ...settings, methods: ['TRACE'] }),
    ],
    ['SERVICE_TARGET: paths must be a list', JSON.stringify({ ...settings, paths: '/v1' })],
    ['SERVICE_TARGET: roleArn must be the ARN of a role', JSON.stringify({ ...settings, roleArn: 'x' })],
    ['SERVICE_TARGET: auth is required', JSON.stringify({ ...settings, auth: undefined })],
    [
      'SERVICE_TARGET: auth.kind must be "google" or "aws"',
      JSON.stringify({ ...settings, auth: { kind: 'x', audience: 'a' } }),
    ],
    [
      'SERVICE_TARGET: auth.signingAlgorithm must be RS256 or ES384',
      JSON.stringify({ ...settings, auth: { ...settings.auth, signingAlgorithm: 'HS256' } }),
    ],
    [
      'SERVICE_TARGET: auth.durationSeconds must be a number of at least 60',
      JSON.stringify({ ...settings, auth: { ...settings.auth, durationSeconds: 1 } }),
    ],
    [
      'SERVICE_TARGET: auth.credentials.subject_token_type is required',
      JSON.stringify({ ...settings, auth: { ...google, credentials: { audience: 'a' } } }),
    ],
    [
      'SERVICE_TARGET: auth.idTokenUrl is required',
      JSON.stringify({ ...settings, auth: { ...google, idTokenUrl: undefined } }),
    ],
    [
      'SERVICE_TARGET: responseBytes must be a number of at least 1',
      JSON.stringify({ ...settings, responseBytes: 0 }),
    ],
  ])('%s', (message, json) => {
    expect(() => parseTarget(json)).toThrow(`${message}.`);
  });
});
