import type { ApiRequest } from '../api-stand-in';
import { EXECUTION, failure, RUN } from '../harness';
import { condition } from './job-objects';
import { harness, sent } from './job-life';

describe('cancel', () => {
  const items = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({
      metadata: { name: `job-${from + i}`, uid: `u${from + i}` },
    }));
  const list = ({ query }: ApiRequest) =>
    query.has('continue')
      ? { items: items(100, 103) }
      : { items: items(0, 100), metadata: { continue: 'next' } };

  test('deletes the Jobs of the execution, page by page', async () => {
    harness.api.behaviour = (request) =>
      request.method === 'GET' ? { status: 200, body: list(request) } : { status: 200 };
    const result = await harness.bridge()({ action: 'cancel', execution: EXECUTION });
    // Names are cut, so that the result of thousands fits into a payload.
    expect(result).toMatchObject({ deleted: { length: 100 }, deletedCount: 103, left: false });
    expect(sent('DELETE')).toHaveLength(103);
    expect(sent('GET')[0]!.query.get('labelSelector')).toBe(
      `cdktf-multicloud.dev/execution=${RUN},cdktf-multicloud.dev/state-machine=Nightly,cdktf-multicloud.dev/target=training`,
    );
  });

  test('one that is gone already is as good as deleted', async () => {
    harness.api.behaviour = ({ method }) =>
      method === 'GET' ? { status: 200, body: { items: items(0, 1) } } : { status: 404 };
    expect(await harness.bridge()({ action: 'cancel', execution: EXECUTION })).toEqual({
      deleted: ['job-0'],
      deletedCount: 1,
      left: false,
    });
  });

  const cancelOf = (jobs: object[], request = {}) => {
    harness.api.behaviour = ({ method }) =>
      method === 'GET' ? { status: 200, body: { items: jobs } } : { status: 200 };
    return harness.bridge()({ action: 'cancel', execution: EXECUTION, ...request });
  };
  const ARN = 'cdktf-multicloud.dev/execution-arn';
  const named = (name: string, rest: object = {}, metadata: object = {}) => ({
    metadata: { name, uid: name, creationTimestamp: '2026-01-01T00:00:00Z', ...metadata },
    ...rest,
  });

  test('ended Jobs stay, and Jobs that were created after the end of the execution', async () => {
    const jobs = [
      named('complete', { status: condition('Complete') }),
      named('failed', { status: condition('Failed') }),
      named('deleting', {}, { deletionTimestamp: '2026-01-01T00:00:01Z' }),
      named(
        'of-another-account',
        {},
        { annotations: { [ARN]: EXECUTION.replace('123456789012', '210987654321') } },
      ),
      named('of-a-redrive', {}, { creationTimestamp: '2026-01-01T00:10:00Z' }),
      named('within-clock-skew', {}, { creationTimestamp: '2026-01-01T00:09:57Z' }),
      named('left', {}, { annotations: { [ARN]: EXECUTION } }),
    ];
    expect(await cancelOf(jobs, { createdBefore: '2026-01-01T00:10:00Z' })).toEqual({
      deleted: ['left'],
      deletedCount: 1,
      left: false,
    });
    expect((await failure(cancelOf(jobs, { createdBefore: 'soon' }))).message).toMatch(
      /^The request is malformed: createdBefore must be a time\./,
    );
  });

  test.each([
    ['a page', { status: 404, body: '<html>' }],
    ['a conflict about something else', { status: 409, body: { kind: 'Status', reason: 'Conflict' } }],
  ])('a Job is not deleted because of %s', async (_, reply) => {
    harness.api.behaviour = ({ method, path }) => {
      if (method === 'DELETE') return reply;
      return { status: 200, body: path.endsWith('left') ? named('left') : { items: [named('left')] } };
    };
    const error = await failure(harness.bridge()({ action: 'cancel', execution: EXECUTION }));
    expect(error.name).toBe('GKE.ApiUnavailable');
    expect(error.message).toContain('1 of 1 Jobs could not be deleted.');
  });

  test('a call that runs out of time tells that Jobs are left', async () => {
    harness.api.behaviour = ({ method }) => {
      if (method === 'GET') return { status: 200, body: { items: items(0, 120) } };
      harness.ahead += 700;
      return { status: 200 };
    };
    const result = await harness.bridge()({ action: 'cancel', execution: EXECUTION });
    expect(result).toMatchObject({ deletedCount: 50, left: true });
  });

  test('one that cannot be deleted does not keep the others', async () => {
    harness.api.behaviour = ({ method, path }) => {
      if (method === 'GET') return { status: 200, body: { items: items(0, 8) } };
      return path.endsWith('job-2') ? { status: 403, body: { message: 'not this one' } } : { status: 200 };
    };
    const error = await failure(harness.bridge()({ action: 'cancel', execution: EXECUTION }));
    expect(error.name).toBe('GKE.Forbidden');
    expect(error.message).toContain('1 of 8 Jobs could not be deleted.');
    expect(sent('DELETE')).toHaveLength(8);
  });
});
