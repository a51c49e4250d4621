import type * as Jose from 'jose' with { 'resolution-mode': 'import' };
import type { GoogleCaller } from '../../lib/contracts/google-authorizer';

/** Response of an authorizer in the simple form of API Gateway. */
export interface Answer {
  readonly isAuthorized: boolean;
}

/** Log of the authorizer. It never contains the token. */
export interface Log {
  readonly info: (message: string, facts: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, facts: Readonly<Record<string, unknown>>) => void;
}

export interface AuthorizerSetUp {
  readonly caller: GoogleCaller;
  /** The library, which can only be loaded on demand from here. */
  readonly jose: Pick<typeof Jose, 'errors' | 'jwtVerify'>;
  /** Public keys of Google. */
  readonly keys: Jose.JWTVerifyGetKey;
  readonly log: Log;
}

/** https://cloud.google.com/pubsub/docs/authenticate-push-subscriptions */
const ISSUER = 'https://accounts.google.com';

const SKEW_SECONDS = 30;

/** A token that is in order and not the one that is waited for. */
class RejectedToken extends Error {}

/** Allows requests with a Google ID token of one account for the audience. Each error denies the request. */
export function authorizerFor(setUp: AuthorizerSetUp) {
  const { caller, jose, log } = setUp;
  return async (event: unknown): Promise<Answer> => {
    try {
      await verify(tokenOf(event), setUp);
      log.info('allowed', { email: caller.email });
      return { isAuthorized: true };
    } catch (error) {
      log.warn('denied', { why: rejectionReason(error, jose) });
      return { isAuthorized: false };
    }
  };
}

async function verify(token: string, { caller, jose, keys }: AuthorizerSetUp): Promise<void> {
  const { payload } = await jose.jwtVerify(token, keys, {
    issuer: ISSUER,
    audience: caller.audience,
    // Of the header of a token nothing is believed but which key of Google's it names.
    algorithms: ['RS256'],
    requiredClaims: ['exp', 'iat', 'email', 'email_verified'],
    clockTolerance: SKEW_SECONDS,
  });
  if (payload.email_verified !== true) throw new RejectedToken('the e-mail is not verified');
  if (payload.email !== caller.email) throw new RejectedToken('another account');
}

function tokenOf(event: unknown): string {
  const { headers } = (event ?? {}) as { headers?: Readonly<Record<string, unknown>> };
  const [, token] = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(String(headers?.authorization ?? '')) ?? [];
  if (token === undefined) throw new RejectedToken('no token');
  return token;
}

/** A code of the library or a word of this file: a message could hold what the token says. */
function rejectionReason(error: unknown, { errors }: AuthorizerSetUp['jose']): string {
  if (error instanceof RejectedToken) return error.message;
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.code}: ${error.claim}`;
  return error instanceof errors.JOSEError ? error.code : 'the keys of Google cannot be had';
}
