import { COMMON_FAILURES, Failure } from '../http/failure';
import type { Send } from '../http/retry';
import type { LambdaEnvironment } from './aws-session';
import { fetchAccessToken, type CallerIdentity } from './google-token';
import { googleTransport } from './google-transport';
import type { Token } from './token';

/**
 * An ID token of a service account, for one audience. The role asks for it by itself: an access token of the account
 * is never made.
 * https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateIdToken
 */
export async function fetchIdToken(
  send: Send,
  home: LambdaEnvironment,
  caller: CallerIdentity,
  { audience, idTokenUrl }: { readonly audience: string; readonly idTokenUrl: string },
): Promise<Token> {
  const federated = await fetchAccessToken(send, home, caller);
  const { data } = await googleTransport(send, caller.headers).request<{ token?: unknown }>({
    method: 'POST',
    url: new URL(idTokenUrl),
    headers: new Headers({ authorization: `Bearer ${federated.value}` }),
    data: { audience, includeEmail: true },
  });
  const { token } = data;
  if (typeof token !== 'string') {
    throw new Failure(COMMON_FAILURES.AUTH_FAILED, 'The answer of Google has no ID token.');
  }
  return { value: token, expires: expiryOf(token) };
}

function expiryOf(token: string): number {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  const { exp } = JSON.parse(payload) as { exp: number };
  return exp * 1000;
}
