import { signingKey } from './tokens';

export const AUDIENCE = 'https://books.example.com';
export const GOOGLE = 'https://accounts.google.com';
export const AWS = 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws';
export const EMAIL = 'bridge@my-project.iam.gserviceaccount.com';
export const ROLE = 'arn:aws:iam::123456789012:role/etl-bridge';

export const googleKey = signingKey('RS256');
export const awsKeys = { RS256: signingKey('RS256'), ES384: signingKey('ES384') };
/** A key that no issuer publishes. */
export const strangeKey = signingKey('RS256');

/** Seconds since 1970. */
export const now = () => Math.floor(Date.now() / 1000);
/** Claims of a token of Google that the endpoint accepts. */
export const google = (more: object = {}) => ({
  iss: GOOGLE,
  aud: AUDIENCE,
  sub: '1122334455',
  email: EMAIL,
  email_verified: true,
  iat: now(),
  exp: now() + 3_600,
  ...more,
});
/** Claims of a token of AWS that the endpoint accepts. */
export const aws = (more: object = {}) => ({
  iss: AWS,
  aud: AUDIENCE,
  sub: ROLE,
  iat: now(),
  exp: now() + 300,
  'https://sts.amazonaws.com/': { aws_account: '123456789012' },
  ...more,
});
