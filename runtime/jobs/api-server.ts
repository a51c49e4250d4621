import { jsonOf } from '../shared/http/json';
import { GKE_ERRORS } from '../../lib/contracts/job-errors';
import type { JobTargetSettings } from '../../lib/contracts/jobs';
import { Failure } from '../shared/http/failure';
import type { HttpResponse } from '../shared/http/http';
import type { Send } from '../shared/http/retry';
import { truncate } from '../shared/http/redact';

/** Gives the token of the run, and forgets it when it was not taken. */
export interface Credentials {
  readonly token: () => Promise<string>;
  readonly drop: () => void;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** A secret in the body, which the answer may repeat and nobody else. */
  readonly hidden?: string;
}

export interface Answer {
  readonly status: number;
  readonly object: unknown;
}

/** The API server of the target: who calls, what is answered, and what a refusal is called. */
export class ApiServer {
  private readonly ca: string | undefined;

  constructor(
    private readonly target: JobTargetSettings,
    private readonly send: Send,
    private readonly callerHeaders: Readonly<Record<string, string>>,
    private readonly credentials: Credentials,
  ) {
    const { certificateAuthority } = target.cluster;
    this.ca = certificateAuthority && Buffer.from(certificateAuthority, 'base64').toString();
  }

  /** The answer to a call. A status that is neither a success nor expected here is a failure. */
  async call(call: Call, ...expected: number[]): Promise<Answer> {
    const reply = await this.authorized(call);
    const object = jsonOf(without(reply.body, call.hidden));
    if (expected.includes(reply.status)) return { status: reply.status, object };
    if (reply.status >= 300) throw refused(reply.status, object);
    if (object === undefined) {
      throw new Failure(GKE_ERRORS.API_UNAVAILABLE, 'The answer of the Kubernetes API is not JSON.');
    }
    return { status: reply.status, object };
  }

  private async authorized(call: Call): Promise<HttpResponse> {
    const reply = await this.sent(call);
    if (reply.status !== 401) return reply;
    this.credentials.drop();
    const second = await this.sent(call);
    if (second.status !== 401) return second;
    throw new Failure(GKE_ERRORS.AUTH_FAILED, 'The Kubernetes API did not take the token, nor a new one.');
  }

  private async sent({ method, path, query, body }: Call): Promise<HttpResponse> {
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    return this.send('The Kubernetes API', {
      method,
      url: `https://${this.target.cluster.host}${path}${search}`,
      headers: {
        ...this.callerHeaders,
        authorization: `Bearer ${await this.credentials.token()}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      ca: this.ca,
    });
  }
}

/** A text without a secret, as it is and as it stands in a Secret. */
function without(text: string, secret: string | undefined): string {
  if (secret === undefined) return text;
  return [secret, Buffer.from(secret).toString('base64')].reduce(
    (clean, form) => clean.replaceAll(form, '[removed]'),
    text,
  );
}

/** Refused for what it is; what is left may pass when it is asked again. */
const REJECTED = new Set([400, 404, 405, 406, 413, 415, 422]);

function refused(status: number, object: unknown): Failure {
  const said = (object as { message?: unknown } | undefined)?.message;
  const message = typeof said === 'string' ? truncate(said, 1000).replace(/\.$/, '') : `HTTP ${status}`;
  if (status === 403) {
    return new Failure(GKE_ERRORS.FORBIDDEN, `The Kubernetes API does not allow it: ${message}.`);
  }
  if (REJECTED.has(status)) {
    return new Failure(GKE_ERRORS.JOB_REJECTED, `The Kubernetes API rejected the request: ${message}.`);
  }
  return new Failure(GKE_ERRORS.API_UNAVAILABLE, `The Kubernetes API answered ${status}: ${message}.`);
}
