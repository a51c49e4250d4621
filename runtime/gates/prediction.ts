import { jsonOf } from '../shared/http/json';
import type { GateAnswer, GateRequest, PredictionReading } from '../../lib/contracts/gates';
import { GATE_ERRORS } from '../../lib/contracts/gate-errors';
import { Failure } from '../shared/http/failure';
import type { HttpResponse } from '../shared/http/http';
import type { Send } from '../shared/http/retry';
import { truncate, redact } from '../shared/http/redact';

/** Clients of a prediction. */
export interface PredictionCall {
  readonly send: Send;
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * A value of the prediction for some instances.
 * https://cloud.google.com/vertex-ai/docs/reference/rest/v1/projects.locations.endpoints/predict
 */
export async function readPrediction(
  { url, value: path }: PredictionReading,
  { instances }: GateRequest,
  { send, token, headers, now }: PredictionCall,
): Promise<GateAnswer> {
  const reply = await send('Vertex AI', {
    method: 'POST',
    url,
    headers: {
      ...headers,
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ instances }),
  });
  if (reply.status !== 200) throw refused(reply);
  const value = valueAt(reply, path);
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') {
    return { value, at: new Date(now).toISOString() };
  }
  throw new Failure(GATE_ERRORS.NO_VALUE, `The prediction has no value at ${JSON.stringify(path)}.`);
}

function valueAt(reply: HttpResponse, path: readonly (string | number)[]): unknown {
  const isObject = (value: unknown): value is Record<string | number, unknown> =>
    typeof value === 'object' && value !== null;
  return path.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    jsonOf(reply.body),
  );
}

function refused(reply: HttpResponse): Failure {
  const { error } = (jsonOf(reply.body) ?? {}) as { error?: { status?: unknown; message?: unknown } };
  const detail = [error?.status, error?.message].filter((part) => typeof part === 'string').join(': ');
  const name = reply.status === 401 || reply.status === 403 ? GATE_ERRORS.FORBIDDEN : GATE_ERRORS.REJECTED;
  return new Failure(
    name,
    `Vertex AI rejected the request with ${reply.status}: ${truncate(redact(detail), 500)}.`,
  );
}
