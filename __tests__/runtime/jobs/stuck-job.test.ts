import { failure, pollRequest } from '../harness';
import { EVENTS, PODS, condition, job, ownerReferences } from './job-objects';
import { harness, having, poll } from './job-life';

describe('poll', () => {
  describe('a Job that was given up', () => {
    const ending = { error: 'GKE.DeadlineExceeded', cause: 'The Job was deleted.' };
    const status = { ...pollRequest().status, phase: 'Ending', ending } as const;
    const pod = (phase: string) => ({
      metadata: { name: 'p', uid: 'p', ownerReferences },
      status: { phase },
    });
    const pending = { done: false, job: 'train-1', uid: 'u1', waitSeconds: 15, phase: 'Ending', ending };

    test('is waited for while its object exists', async () => {
      having(job({}));
      expect(await poll({ status })).toEqual(pending);
    });

    test('is waited for while a pod runs whose Job object is gone', async () => {
      having({ [PODS]: { items: [pod('Running')] } });
      expect(await poll({ status })).toEqual(pending);
    });

    test('fails with its error once its pods are gone', async () => {
      having({});
      const error = await failure(poll({ status }));
      expect([error.name, error.message.slice(0, 20)]).toEqual([ending.error, ending.cause]);
    });

    test('keeps its result when it completed first', async () => {
      having(job({ status: condition('Complete') }));
      expect(await poll({ status })).toMatchObject({ done: true, phase: 'Complete' });
    });
  });

  describe('a Job without pods', () => {
    const old = new Date(Date.now() - 601_000).toISOString();
    const events = (message: string) => ({
      [EVENTS]: { items: [{ reason: 'FailedCreate', message, lastTimestamp: old }] },
    });

    test.each([
      ['GKE.NoPods', 'serviceaccount "etl" not found'],
      ['GKE.QuotaExceeded', 'pods "x" is forbidden: exceeded quota: team'],
    ])('is %s with the reason of its event: %s', async (error, message) => {
      having({ ...job({ status: { startTime: old } }), ...events(message) });
      expect((await poll()).ending).toEqual({
        error,
        cause: `Kubernetes created no pod within pendingSeconds (600): ${message}. The Job was deleted.`,
      });
    });

    test('is waited for within pendingSeconds, and in a queue', async () => {
      having(job({ status: { startTime: new Date().toISOString() } }));
      expect(await poll()).toMatchObject({ phase: 'Pending' });
      having(job({ spec: { suspend: true }, status: { startTime: old } }));
      expect(await poll()).toMatchObject({ phase: 'Suspended' });
    });
  });

  describe('an Indexed Job that is wider than the cluster', () => {
    const old = new Date(Date.now() - 601_000).toISOString();
    const unschedulable = {
      metadata: { name: 'p', uid: 'p', ownerReferences, creationTimestamp: old },
      status: {
        phase: 'Pending',
        conditions: [
          { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', lastTransitionTime: old },
        ],
      },
    };
    const ended = (finishedAt: string) => ({
      metadata: { name: 'q', uid: 'q', ownerReferences },
      status: {
        phase: 'Succeeded',
        containerStatuses: [{ name: 'job', state: { terminated: { exitCode: 0, finishedAt } } }],
      },
    });
    const spec = { completionMode: 'Indexed' };
    const answer = (ready: number, items: object[]) => {
      having({ ...job({ spec, status: { active: 2, ready, succeeded: 1 } }), [PODS]: { items } });
      return poll();
    };

    test('progresses while a pod is ready, or has just ended', async () => {
      expect(await answer(1, [unschedulable])).toMatchObject({ phase: 'Running' });
      const recent = ended(new Date().toISOString());
      expect((await answer(0, [unschedulable, recent])).ending).toBeUndefined();
    });

    test('is unschedulable when no pod runs and none has ended for pendingSeconds', async () => {
      expect((await answer(0, [unschedulable, ended(old)])).ending?.error).toBe('GKE.Unschedulable');
    });
  });

  test('a volume that does not mount is a configuration error with the warning of the kubelet', async () => {
    const old = new Date(Date.now() - 601_000).toISOString();
    const pod = {
      metadata: { name: 'p', uid: 'p', ownerReferences, creationTimestamp: old },
      status: { containerStatuses: [{ name: 'job', state: { waiting: { reason: 'ContainerCreating' } } }] },
    };
    const warning = { reason: 'FailedMount', message: 'secret "db" not found' };
    having({ ...job({ status: { active: 1 } }), [PODS]: { items: [pod] }, [EVENTS]: { items: [warning] } });
    expect((await poll()).ending).toEqual({
      error: 'GKE.ConfigError',
      cause: 'A volume of pod p does not mount, FailedMount: secret "db" not found. The Job was deleted.',
    });
    // Without the warning it is a slow image.
    having({ ...job({ status: { active: 1 } }), [PODS]: { items: [pod] } });
    expect((await poll()).ending).toBeUndefined();
  });

  test.each([
    ['a page', { status: 404, body: '<html>not found</html>' }],
    ['JSON of another server', { status: 404, body: { error: { code: 404 } } }],
    ['another reason', { status: 404, body: { kind: 'Status', reason: 'Gone' } }],
    ['an empty object', { status: 200, body: {} }],
    ['null', { status: 200, body: 'null' }],
    ['a redirect', { status: 302, body: {} }],
    ['a rejection', { status: 400 }],
  ])('%s in place of the Job decides nothing', async (_, reply) => {
    harness.api.behaviour = () => reply;
    expect((await failure(poll())).name).toBe('GKE.ApiUnavailable');
  });
});
