import type { HttpRequest } from './http';

/** The JSON value of a text; undefined for other text. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a JSON value is an object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Headers and body of a request to a JSON API. */
export function jsonRequest(body: object | undefined): Pick<HttpRequest, 'headers' | 'body'> {
  const accept = { accept: 'application/json' };
  if (body === undefined) return { headers: accept };
  return { headers: { ...accept, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
