import type { SeenRequest } from './gateway';
import type { Interference } from './interference';

/*
 * Responses that a function may get in place of that of the API server, and failures of its connection. None of them
 * says anything about the object of the request.
 */

type Reply = NonNullable<Interference['reply']>;

const html = (status: number, text: string): Reply => ({
  status,
  body: `<html><head><title>${text}</title></head><body>${text}</body></html>`,
  headers: { 'content-type': 'text/html' },
});

/** The `Status` object in which the Kubernetes API answers. */
const status = (code: number, reason: string, message: string, details?: object): Reply => ({
  status: code,
  body: JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason,
    message,
    details,
    code,
  }),
});

/** An object that every request names wrongly. */
const OTHER = { name: 'other', group: 'coordination.k8s.io', kind: 'leases' };
const OTHER_KIND = {
  kind: 'LeaseList',
  apiVersion: 'coordination.k8s.io/v1',
  metadata: { name: 'other', uid: 'a3c1f6c2-0000-4000-8000-000000000000' },
  items: [],
};

/** A conflict about a Job that is not about its uid. */
export const conflictOf = (name: string): Reply =>
  status(409, 'Conflict', 'the object has been modified', { name, group: 'batch', kind: 'jobs' });

/** Replies by name. */
export const REPLIES: Readonly<Record<string, Reply>> = {
  '401': status(401, 'Unauthorized', 'Unauthorized'),
  '403': status(403, 'Forbidden', 'jobs.batch is forbidden: User "etl" cannot access resource "jobs"'),
  '404 HTML': html(404, 'Not found'),
  '404 of another object': status(404, 'NotFound', 'leases "other" not found', OTHER),
  '404 without an object': status(404, 'NotFound', 'the server could not find the requested resource', {}),
  '409 HTML': html(409, 'Conflict'),
  '409 of another object': status(409, 'AlreadyExists', 'leases "other" already exists', OTHER),
  '409 conflict': status(409, 'Conflict', 'the object has been modified', OTHER),
  '410': status(410, 'Expired', 'the provided continue parameter is too old'),
  '429': status(429, 'TooManyRequests', 'too many requests'),
  '429 with Retry-After': {
    ...status(429, 'TooManyRequests', 'too many requests'),
    headers: { 'retry-after': '1' },
  },
  '500': status(500, 'InternalError', 'an error on the server'),
  '502 HTML': html(502, 'Bad gateway'),
  '503': status(503, 'ServiceUnavailable', 'the server is currently unable to handle the request'),
  '504': status(504, 'Timeout', 'request did not complete within the allotted timeout'),
  '200 without a body': { status: 200, body: '' },
  '200 HTML': html(200, 'Sign in'),
  '200 truncated': { status: 200, body: '{"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"ot' },
  '200 of another kind': { status: 200, body: JSON.stringify(OTHER_KIND) },
};

/** Failures of the connection by name. */
export const CONNECTION_FAILURES: Readonly<Record<string, Interference>> = {
  'connection closed before': { reset: 'before' },
  'connection closed after': { reset: 'after' },
  'connection closed within': { reset: 'within' },
};

/** Failures that last longer than a request may take. */
export const SILENCES: Readonly<Record<string, Interference>> = {
  'silent before': { silent: 'before' },
  'silent after': { silent: 'after' },
};

/** A kind of request. */
export interface RequestKind {
  readonly method: string;
  readonly url: RegExp;
}

/** Requests of the functions by kind. */
export const REQUESTS = {
  submit: { method: 'POST', url: /\/jobs$/ },
  job: { method: 'GET', url: /\/jobs\/[^/]+$/ },
  jobs: { method: 'GET', url: /\/jobs\?/ },
  delete: { method: 'DELETE', url: /\/jobs\/[^/]+$/ },
  createSecret: { method: 'POST', url: /\/secrets$/ },
  replaceSecret: { method: 'PUT', url: /\/secrets\/[^/]+$/ },
  pendingPods: { method: 'GET', url: /\/pods\?.*status\.phase%3DPending&/ },
  succeededPods: { method: 'GET', url: /\/pods\?.*status\.phase%3DSucceeded&/ },
  failedPods: { method: 'GET', url: /\/pods\?.*status\.phase%21%3DSucceeded&/ },
  livePods: { method: 'GET', url: /\/pods\?.*status\.phase%21%3DSucceeded%2Cstatus\.phase%21%3DFailed&/ },
  events: { method: 'GET', url: /\/events\?/ },
} satisfies Record<string, RequestKind>;

/** Whether a request is of a kind. */
export function isOf(kind: RequestKind, { method, url }: SeenRequest): boolean {
  return kind.method === method && kind.url.test(url);
}
