import { jsonOf } from '../http/json';
import type { AuthClientOptions } from 'google-auth-library/build/src/auth/authclient';
import { COMMON_FAILURES, Failure } from '../http/failure';
import type { HttpRequest, HttpResponse } from '../http/http';
import type { Send } from '../http/retry';
import { truncate, redact } from '../http/redact';

export type GoogleTransport = NonNullable<AuthClientOptions['transporter']>;
type Options = NonNullable<Parameters<GoogleTransport['request']>[0]>;

/**
 * Carries the requests of Google's library like all others: one way to retry, one to time out, and errors that
 * hold no token. The default transport of the library would add retries and load another fetch.
 */
export function googleTransport(
  send: Send,
  callerHeaders: Readonly<Record<string, string>>,
): GoogleTransport {
  const request = async (options: Options) => {
    const { hostname } = new URL(String(options.url));
    const service = `Google (${hostname})`;
    const reply = await send(service, outgoing(options, callerHeaders));
    const data = jsonOf(reply.body);
    if (reply.status >= 300 || data === undefined) {
      throw new Failure(COMMON_FAILURES.AUTH_FAILED, `${service} gave no token: ${reasonOf(reply, data)}.`);
    }
    return { data };
  };
  // Nothing else of it is called.
  return { request } as unknown as GoogleTransport;
}

function outgoing(
  { method = 'GET', url, headers, data }: Options,
  callerHeaders: Readonly<Record<string, string>>,
): HttpRequest {
  const form = data instanceof URLSearchParams;
  return {
    method,
    url: String(url),
    headers: {
      ...Object.fromEntries(new Headers(headers)),
      ...callerHeaders,
      accept: 'application/json',
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
    },
    body: form ? String(data) : JSON.stringify(data),
  };
}

interface GoogleError {
  readonly error?: string | { readonly status?: string; readonly message?: string };
  readonly error_description?: string;
}

function reasonOf({ status }: HttpResponse, data: unknown): string {
  const { error, error_description } = (data ?? {}) as GoogleError;
  const parts = typeof error === 'object' ? [error.status, error.message] : [error, error_description];
  const detail = parts.filter((part) => typeof part === 'string' && !part.includes('<'));
  return truncate(redact([`HTTP ${status}`, ...detail].join(' ')), 400).replace(/\.$/, '');
}
