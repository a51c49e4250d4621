import { jsonOf } from '../shared/http/json';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';

/** Gives the token of the run, and forgets it when it was not taken. */
export interface Credentials {
  readonly token: () => Promise<string>;
  readonly drop: () => void;
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** After `/v1/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /**
   * Whether the request may be sent again when its outcome is unknown.
   * @default true
   */
  readonly idempotent?: boolean;
}

/** What a refusal is called; what is left may pass when it is asked again. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: VERTEX_ERRORS.JOB_REJECTED,
  401: VERTEX_ERRORS.AUTH_FAILED,
  403: VERTEX_ERRORS.FORBIDDEN,
  404: VERTEX_ERRORS.JOB_NOT_FOUND,
  412: VERTEX_ERRORS.JOB_REJECTED,
};

/** Vertex AI in one region: who calls, what is answered, and what a refusal is called. */
export class VertexApi {
  constructor(
    private readonly endpoint: string,
    private readonly send: Send,
    private readonly callerHeaders: Readonly<Record<string, string>>,
    private readonly credentials: Credentials,
  ) {}

  /** The answer to a call; undefined for a status that is expected besides success. */
  async call<T>(
    { method, path, query, body, idempotent }: Call,
    ...expected: number[]
  ): Promise<T | undefined> {
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    const reply = await this.send('Vertex AI', {
      method,
      url: `${this.endpoint}/v1/${path}${search}`,
      headers: {
        ...this.callerHeaders,
        authorization: `Bearer ${await this.credentials.token()}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      idempotent,
    });
    if (expected.includes(reply.status)) return undefined;
    const answer = jsonOf(reply.body);
    if (reply.status < 300 && answer !== undefined) return answer as T;
    if (reply.status === 401) this.credentials.drop();
    throw refused(reply.status, answer);
  }
}

function refused(status: number, answer: unknown): Failure {
  const { error } = (answer ?? {}) as { error?: { status?: unknown; message?: unknown } };
  const said = [error?.status, error?.message].filter((part) => typeof part === 'string').join(': ');
  const why = said === '' ? '' : `: ${truncate(redact(said), 1_000).replace(/\.$/, '')}`;
  return new Failure(
    REFUSALS[status] ?? VERTEX_ERRORS.API_UNAVAILABLE,
    `Vertex AI answered ${status}${why}.`,
  );
}
