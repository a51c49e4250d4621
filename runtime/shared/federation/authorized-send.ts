import type { HttpRequest } from '../http/http';
import type { Send } from '../http/retry';
import type { Token } from './token';

/** Sends requests with a token that the first request fetches. A 401 fetches a new token and repeats the request once. */
export function authorizedSend(
  send: Send,
  callerHeaders: Readonly<Record<string, string>>,
  fetchToken: () => Promise<Token>,
): Send {
  let token: Promise<Token> | undefined;

  const attempt = async (service: string, request: HttpRequest) => {
    token ??= fetchToken();
    const { value } = await token;
    const headers = { ...callerHeaders, ...request.headers, authorization: `Bearer ${value}` };
    return send(service, { ...request, headers });
  };

  return async (service, request) => {
    const reply = await attempt(service, request);
    if (reply.status !== 401) return reply;
    token = undefined;
    return attempt(service, request);
  };
}
