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
  /** Kind of the object that the call is about, for example `Job` or `JobList`. */
  readonly kind: string;
  /** Name of that object. A list has none. */
  readonly name?: string;
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
   * The response to a call, or the expected reason for which the API server rejected it. Only a response that names
   * the object of the call decides something about it: a front end that answers in place of the API server sends pages
   * or other objects.
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
      if (isAbout(call, object)) return { object };
      const what = [call.kind, call.name].filter(Boolean).join(' ');
      throw unavailable(`The response of the Kubernetes API must be the ${what}`);
    }
    const status = statusOf(object);
    const reason = expected.find((each) => each === status?.reason && EXPECTED_STATUS[each] === reply.status);
    if (reason !== undefined && status?.object?.name === call.name) return { reason, object };
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

/** Whether a response is the object of a call. The API server answers a deletion with a `Status` or with the object. */
function isAbout({ method, kind, name }: Call, object: unknown): boolean {
  if (!isObject(object)) return false;
  const answered = method === 'DELETE' && object.kind === 'Status' ? object.details : object.metadata;
  const isKind = object.kind === kind || (method === 'DELETE' && object.kind === 'Status');
  return isKind && (name === undefined || (isObject(answered) && answered.name === name));
}

interface ApiStatus {
  readonly reason?: string;
  readonly message?: string;
  /** Object that the status is about, with the plural of its kind: `jobs`. */
  readonly object?: { readonly kind?: string; readonly name?: string };
}

/** The `Status` object of the Kubernetes API; undefined for a response of another server. */
function statusOf(object: unknown): ApiStatus | undefined {
  if (!isObject(object) || object.kind !== 'Status') return undefined;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const details = isObject(object.details) ? object.details : {};
  return {
    reason: text(object.reason),
    message: text(object.message),
    object: { kind: text(details.kind), name: text(details.name) },
  };
}

/** Statuses with which the API server rejects the content of a request. */
const REJECTED = new Set([400, 405, 406, 413, 415, 422]);

/**
 * Only a write has content that can be rejected. A rejected read, and a response that is no `Status`, decide nothing.
 * A namespace that does not exist rejects a POST with 404; a PUT gets 404 when its object has just been deleted.
 */
function isRejection(method: Call['method'], httpStatus: number, { object }: ApiStatus): boolean {
  if (method === 'PUT') return httpStatus === 422;
  if (method !== 'POST') return false;
  return REJECTED.has(httpStatus) || (httpStatus === 404 && object?.kind === 'namespaces');
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
  if (status !== undefined && isRejection(method, httpStatus, status)) {
    return new Failure(GKE_ERRORS.JOB_REJECTED, `The Kubernetes API rejected the request: ${cause}.`);
  }
  return unavailable(`The Kubernetes API answered ${httpStatus}: ${cause}`);
}

/** A failure that decides nothing about the object of the call. */
export function unavailable(message: string): Failure {
  return new Failure(GKE_ERRORS.API_UNAVAILABLE, `${message}.`);
}
