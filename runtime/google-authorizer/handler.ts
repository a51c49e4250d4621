import { Logger } from '@aws-lambda-powertools/logger';
import { authorizerFor, type Answer } from './authorizer';
import { parseCaller } from './caller';
import { CALLER_VARIABLE } from '../../lib/contracts/google-authorizer';

const KEYS = 'https://www.googleapis.com/oauth2/v3/certs';

let authorizer: Promise<(event: unknown) => Promise<Answer>> | undefined;

/** Entry point for API Gateway. */
export const handler = async (event: unknown): Promise<Answer> => {
  authorizer ??= setUp();
  return (await authorizer)(event);
};

async function setUp() {
  const caller = parseCaller(process.env[CALLER_VARIABLE]);
  const jose = await import('jose');
  return authorizerFor({
    caller,
    jose,
    // Google changes its keys every few days, and a new one is fetched when a token names it.
    keys: jose.createRemoteJWKSet(new URL(process.env.GOOGLE_KEYS_URL ?? KEYS), {
      timeoutDuration: 5_000,
      cooldownDuration: 30_000,
      cacheMaxAge: 3_600_000,
    }),
    log: new Logger({ serviceName: 'cdktf-multicloud-google-authorizer' }),
  });
}
