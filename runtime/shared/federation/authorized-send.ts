import type { HttpRequest } from '../http/http';
import type { Send } from '../http/retry';

/** Access token of a run. `drop` forgets a token that a service rejected. */
export interface Credentials {
  readonly token: () => Promise<string>;
  readonly drop: () => void;
}

/** Sends requests with an access token. A 401 drops the token, and the request is repeated once with a new one. */
export function authorizedSend(
  send: Send,
  callerHeaders: Readonly<Record<string, string>>,
  { token, drop }: Credentials,
): Send {
  const attempt = async (service: string, request: HttpRequest) => {
    const headers = { ...callerHeaders, ...request.headers, authorization: `Bearer ${await token()}` };
    const reply = await send(service, { ...request, headers });
    if (reply.status === 401) drop();
    return reply;
  };

  return async (service, request) => {
    const reply = await attempt(service, request);
    return reply.status === 401 ? attempt(service, request) : reply;
  };
}
