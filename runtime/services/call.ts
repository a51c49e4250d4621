import {
  IDEMPOTENCY_HEADER,
  type ServiceRequest,
  type ServiceResult,
  type ServiceTarget,
} from '../../lib/contracts/services';
import { errorOfStatus, SERVICE_ERRORS } from '../../lib/contracts/service-errors';
import { Failure } from '../shared/http/failure';
import { NoResponse, sendOnce, ResponseTooLarge, type HttpResponse } from '../shared/http/http';
import { truncate, redact } from '../shared/http/redact';

/** Longest part of an error body in a message. */
const LONGEST_EXCERPT = 1_000;

/** Calls the service once. The state machine decides about retries. */
export async function call(
  request: ServiceRequest,
  target: ServiceTarget,
  token: string,
  headers: Readonly<Record<string, string>>,
): Promise<ServiceResult> {
  const { method, body, timeoutSeconds } = request;
  const reply = await sendOnce(
    {
      method,
      url: urlOf(request, target),
      headers: {
        accept: 'application/json',
        ...request.headers,
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        [IDEMPOTENCY_HEADER]: request.key,
        authorization: `Bearer ${token}`,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      ca: target.certificateAuthority && Buffer.from(target.certificateAuthority, 'base64').toString(),
      maxBytes: target.responseBytes,
      // The state machine decides on retries, for every method.
      idempotent: false,
    },
    timeoutSeconds * 1000,
  ).catch((error: unknown) => {
    throw unanswered(error, timeoutSeconds);
  });
  const text = reply.body.replaceAll(token, '[removed]');
  if (reply.status < 200 || reply.status >= 300) throw refused(reply, text, request);
  return { status: reply.status, body: parsed(text) };
}

function urlOf({ path, query }: ServiceRequest, { url }: ServiceTarget): string {
  const search = new URLSearchParams(query).toString();
  return `${url}${path === '/' && url.includes('/', 8) ? '' : path}${search === '' ? '' : `?${search}`}`;
}

function refused({ status, headers }: HttpResponse, text: string, { statuses }: ServiceRequest): Failure {
  const page = /html/.test(String(headers['content-type'] ?? ''));
  const detail = page ? '' : truncate(redact(text).trim(), LONGEST_EXCERPT);
  return new Failure(
    errorOfStatus(status, statuses),
    `The service answered ${status}${detail === '' ? '' : `: ${detail}`}.`,
  );
}

function unanswered(error: unknown, timeoutSeconds: number): unknown {
  if (error instanceof ResponseTooLarge) return new Failure(SERVICE_ERRORS.TOO_LARGE, error.message);
  if (!(error instanceof NoResponse)) return error;
  const { code, name, wasSent } = error;
  const isLate = name === 'AbortError';
  if (!wasSent) {
    const cause = isLate ? `no connection within ${timeoutSeconds} seconds` : (code ?? name);
    return new Failure(SERVICE_ERRORS.UNAVAILABLE, `The service could not be reached (${cause}).`);
  }
  const why = isLate
    ? `did not answer within ${timeoutSeconds} seconds`
    : `received the request and sent no complete response (${code ?? name})`;
  return new Failure(SERVICE_ERRORS.TIMEOUT, `The service ${why}.`);
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
