import type { ApiServer, Call } from '../../../runtime/jobs/api-server';
import { JobsApi } from '../../../runtime/jobs/jobs-api';

const owned = (uid: string) => [{ uid, controller: true }];

test('pods are kept without their arguments, and without the pods of others', async () => {
  const status = { phase: 'Failed' };
  const spec = { containers: [{ name: 'job', args: ['a'.repeat(1_000)] }] };
  const named = (name: string, owner: string) => ({
    metadata: { name, uid: name, ownerReferences: owned(owner), annotations: { text: 'a'.repeat(1_000) } },
    spec,
    status,
  });
  const calls: Call[] = [];
  const server = {
    call: (call: Call) => {
      calls.push(call);
      const isFirst = calls.length === 1;
      const items = isFirst ? [named('mine', 'u1'), named('foreign', 'u2')] : [named('last', 'u1')];
      return Promise.resolve({ object: { items, metadata: { continue: isFirst ? 'next' : '' } } });
    },
  } as unknown as ApiServer;
  const pods = await new JobsApi(server, 'jobs').pods('u1', 'status.phase!=Succeeded');
  expect(pods).toEqual(
    ['mine', 'last'].map((name) => ({
      metadata: { name, uid: name },
      spec: { containers: [{ name: 'job' }] },
      status,
    })),
  );
  const query = { labelSelector: 'batch.kubernetes.io/controller-uid=u1', limit: '20' };
  expect(calls.map((call) => call.query)).toEqual([
    { ...query, fieldSelector: 'status.phase!=Succeeded' },
    { ...query, fieldSelector: 'status.phase!=Succeeded', continue: 'next' },
  ]);
});
