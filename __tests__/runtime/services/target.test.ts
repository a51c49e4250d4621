import { parseTarget } from '../../../runtime/services/target';
import { settings } from './service-fixtures';

describe('a target', () => {
  const google = {
    kind: 'google',
    audience: 'a',
    idTokenUrl: 'https://iamcredentials.googleapis.com/v1/x:generateIdToken',
    credentials: { audience: 'a' },
  };
  test.each([settings, { ...settings, auth: google, certificateAuthority: 'LS0=' }])(
    'is read (%#)',
    (given) => {
      expect(parseTarget(JSON.stringify(given))).toEqual(given);
    },
  );

  test.each<[string, string | undefined]>([
    ['target: is missing', undefined],
    ['Expected property name', '{'],
    ['target: must be an object', '[]'],
    ['url: must be a URL', JSON.stringify({ ...settings, url: 'ftp://x' })],
    ['methods: must be of GET, HEAD', JSON.stringify({ ...settings, methods: ['TRACE'] })],
    ['paths: must be a list', JSON.stringify({ ...settings, paths: '/v1' })],
    ['roleArn: must be the ARN of a role', JSON.stringify({ ...settings, roleArn: 'x' })],
    ['auth: is missing', JSON.stringify({ ...settings, auth: undefined })],
    [
      'auth.kind: must be "google" or "aws"',
      JSON.stringify({ ...settings, auth: { kind: 'x', audience: 'a' } }),
    ],
    [
      'auth.signingAlgorithm: must be RS256 or ES384',
      JSON.stringify({ ...settings, auth: { ...settings.auth, signingAlgorithm: 'HS256' } }),
    ],
    [
      'auth.durationSeconds: must be a number of at least 60',
      JSON.stringify({ ...settings, auth: { ...settings.auth, durationSeconds: 1 } }),
    ],
    [
      'auth.idTokenUrl: is missing',
      JSON.stringify({ ...settings, auth: { ...google, idTokenUrl: undefined } }),
    ],
    ['responseBytes: must be a number of at least 1', JSON.stringify({ ...settings, responseBytes: 0 })],
  ])('%s', (message, json) => {
    expect(() => parseTarget(json)).toThrow(
      `The environment variable SERVICE_TARGET is malformed: ${message}`,
    );
  });
});
