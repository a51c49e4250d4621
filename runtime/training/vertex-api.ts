import { isObject, jsonOf, jsonRequest } from '../shared/http/json';
import { VERTEX_ERRORS } from '../../lib/contracts/training-errors';
import { Failure } from '../shared/http/failure';
import type { HttpResponse } from '../shared/http/http';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Path below `/v1/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: object;
  /**
   * Whether the client may retry the request when its outcome is unknown.
   * @default true
   */
  readonly idempotent?: boolean;
}

/**
 * Reasons of Vertex AI that a caller may expect, with their HTTP status.
 * https://github.com/googleapis/googleapis/blob/master/google/rpc/code.proto
 */
const EXPECTED_STATUS = { NOT_FOUND: 404, ALREADY_EXISTS: 409, FAILED_PRECONDITION: 400 } as const;
export type ExpectedReason = keyof typeof EXPECTED_STATUS;

/**
 * Errors by HTTP status, for the response of Vertex AI itself to a request that creates a job. Any other status may
 * pass with a retry, and a rejected read decides nothing about a job.
 */
const ERROR_BY_STATUS: Readonly<Record<number, string>> = {
  400: VERTEX_ERRORS.JOB_REJECTED,
  404: VERTEX_ERRORS.JOB_NOT_FOUND,
  412: VERTEX_ERRORS.JOB_REJECTED,
};

/** Vertex AI in one region, for one caller: sends requests and names errors. */
export class VertexApi {
  constructor(
    private readonly endpoint: string,
    private readonly send: Send,
  ) {}

  /**
   * The object that Vertex AI returns; undefined when it fails with an expected reason. A front end that responds in
   * place of Vertex AI sends no reason, so its 404 or 409 is not evidence about a job.
   */
  async call<T extends object>(call: Call, ...expected: ExpectedReason[]): Promise<T | undefined> {
    const { status, body } = await this.sent(call);
    if (status === 401) {
      throw new Failure(VERTEX_ERRORS.AUTH_FAILED, 'Vertex AI rejected the token and a new token (401).');
    }
    const answer = jsonOf(body);
    if (status < 300) {
      if (isObject(answer)) return answer as T;
      throw new Failure(
        VERTEX_ERRORS.API_UNAVAILABLE,
        `The response of Vertex AI is not a JSON object (${status}).`,
      );
    }
    const error = errorOf(answer);
    if (expected.some((reason) => reason === error?.status && EXPECTED_STATUS[reason] === status)) {
      return undefined;
    }
    throw apiRejected(call.method, status, error);
  }

  private sent({ method, path, query, body, idempotent }: Call): Promise<HttpResponse> {
    const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    const url = `${this.endpoint}/v1/${path}${search}`;
    return this.send('Vertex AI', { method, url, ...jsonRequest(body), idempotent });
  }
}

interface ApiError {
  readonly status?: unknown;
  readonly message?: unknown;
}

/** The error of Vertex AI; undefined for the response of another server. */
function errorOf(answer: unknown): ApiError | undefined {
  return isObject(answer) && isObject(answer.error) ? answer.error : undefined;
}

function apiRejected(method: Call['method'], status: number, error: ApiError | undefined): Failure {
  const detail = [error?.status, error?.message].filter((part) => typeof part === 'string').join(': ');
  const cause = detail === '' ? '' : `: ${truncate(redact(detail), 1_000).replace(/\.$/, '')}`;
  if (status === 403) {
    return new Failure(VERTEX_ERRORS.FORBIDDEN, `Vertex AI denied the request (403)${cause}.`);
  }
  const isDecided = method === 'POST' && typeof error?.status === 'string';
  const name = isDecided ? ERROR_BY_STATUS[status] : undefined;
  return new Failure(name ?? VERTEX_ERRORS.API_UNAVAILABLE, `Vertex AI answered ${status}${cause}.`);
}
