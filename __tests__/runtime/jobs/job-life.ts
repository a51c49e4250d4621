import type { JobStatus } from '../../../lib/contracts/jobs';
import { Harness, pollRequest } from '../harness';
import { EVENTS, PODS } from './job-objects';

/* The function of a target before an API server. Importing this file starts a harness before each test. */

export let harness: Harness;

beforeEach(async () => {
  harness = new Harness();
  await harness.start();
});

afterEach(() => harness.stop());

/** What the API server has, by path; a POST makes. */
export function having(objects: Readonly<Record<string, unknown>>): void {
  harness.api.behaviour = ({ method, path, body }) => {
    const object = objects[path] ?? (path === PODS || path === EVENTS ? { items: [] } : undefined);
    if (method === 'POST') {
      const { metadata } = body as { metadata: { name: string } };
      return { status: 201, body: { metadata: { ...metadata, uid: 'u1' } } };
    }
    return object === undefined ? { status: 404 } : { status: 200, body: object };
  };
}

export const sent = (method: string) => harness.api.requests.filter((request) => request.method === method);

export const poll = (overrides = {}) => harness.bridge()(pollRequest(overrides)) as Promise<JobStatus>;
