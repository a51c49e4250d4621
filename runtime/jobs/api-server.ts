import { isObject, jsonOf, jsonRequest } from '../shared/http/json';
import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { JobTargetSettings } from '../../lib/contracts/jobs';
import { Failure } from '../shared/http/failure';
import type { HttpResponse } from '../shared/http/http';
import type { Send } from '../shared/http/retry';
import { truncate } from '../shared/http/redact';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** Secret in the body. It is removed from the response, which may repeat it. */
  readonly hidden?: string;
}

export interface Answer {
  /** Set where the API server rejected the call for an expected reason. */
  readonly reason?: ExpectedReason;
  readonly object: unknown;
}

/** Reasons of a `Status` that a caller may expect. https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
const EXPECTED_STATUS = { NotFound: 404, AlreadyExists: 409, Conflict: 409 } as const;

export type ExpectedReason = keyof typeof EXPECTED_STATUS;

/** Calls the API server of the target and names what it rejects. */
export class ApiServer {
  private readonly ca: string | undefined;

  constructor(
    private readonly target: JobTargetSettings,
    private readonly send: Send,
  ) {
    const { certificateAuthority } = target.cluster;
    this.ca = certificateAuthority && Buffer.from(certificateAuthority, 'base64').toString();
  }

  /**
   * The response to a call, or the expected reason for which the API server rejected it. A front end that answers in
   * place of the API server sends no `Status` with a reason, so its 404 or 409 decides nothing about an object.
   */
  async call(call: Call, ...expected: ExpectedReason[]): Promise<Answer> {
    const reply = await this.sent(call);
    if (reply.status === 401) {
      throw new Failure(
        GKE_ERRORS.AUTH_FAILED,
        'The Kubernetes API rejected the token and a new token (401).',
      );
    }
    const object = jsonOf(without(reply.body, call.hidden));
    if (reply.status < 300) {
      if (isObject(object)) return { object };
      throw unavailable('The response of the Kubernetes API is not a JSON object');
    }
    const status = statusOf(object);
    const reason = expected.find((each) => each === status?.reason && EXPECTED_STATUS[each] === reply.status);
    if (reason !== undefined) return { reason, object };
    throw apiRejected(call.method, reply.status, status);
  }

  private sent({ method, path, query, body }: Call): Promise<HttpResponse> {
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    const url = `https://${this.target.cluster.host}${path}${search}`;
    return this.send('The Kubernetes API', { method, url, ...jsonRequest(body), ca: this.ca });
  }
}

/** A text without a secret, in plain form and in base64. */
function without(text: string, secret: string | undefined): string {
  if (secret === undefined) return text;
  return [secret, Buffer.from(secret).toString('base64')].reduce(
    (clean, form) => clean.replaceAll(form, '[removed]'),
    text,
  );
}

interface ApiStatus {
  readonly reason?: string;
  readonly message?: string;
}

/** The `Status` object of the Kubernetes API; undefined for a response of another server. */
function statusOf(object: unknown): ApiStatus | undefined {
  if (!isObject(object) || object.kind !== 'Status') return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { reason: text(object.reason), message: text(object.message) };
}

/** Statuses with which the API server rejects the content of a request. */
const REJECTED = new Set([400, 404, 405, 406, 413, 415, 422]);

/**
 * Only a write has content that can be rejected. A rejected read, and a response that is no `Status`, decide nothing.
 * A namespace that does not exist rejects a POST with 404; a PUT gets 404 when its object has just been deleted.
 */
function isRejection(method: Call['method'], httpStatus: number): boolean {
  return (method === 'POST' && REJECTED.has(httpStatus)) || (method === 'PUT' && httpStatus === 422);
}

/** Text of the quota admission plugin: `exceeded quota: NAME, requested: …`. */
const QUOTA = /exceeded quota/;

function apiRejected(method: Call['method'], httpStatus: number, status: ApiStatus | undefined): Failure {
  const cause = status?.message ? truncate(status.message, 1000).replace(/\.$/, '') : `HTTP ${httpStatus}`;
  if (httpStatus === 403 && status !== undefined && QUOTA.test(cause)) {
    return new Failure(GKE_ERRORS.QUOTA_EXCEEDED, `The namespace has no quota left: ${cause}.`);
  }
  if (httpStatus === 403) {
    return new Failure(GKE_ERRORS.FORBIDDEN, `The Kubernetes API denied the request: ${cause}.`);
  }
  if (status !== undefined && isRejection(method, httpStatus)) {
    return new Failure(GKE_ERRORS.JOB_REJECTED, `The Kubernetes API rejected the request: ${cause}.`);
  }
  return unavailable(`The Kubernetes API answered ${httpStatus}: ${cause}`);
}

/** A failure that decides nothing about the object of the call. */
export function unavailable(message: string): Failure {
  return new Failure(GKE_ERRORS.API_UNAVAILABLE, `${message}.`);
}
