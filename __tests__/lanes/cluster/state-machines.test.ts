import { randomUUID } from 'node:crypto';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { MARKER } from '../../runtime/token-servers';
import { IMAGE } from '../../orchestration/fixtures';
import type { Json } from '../../synth';
import { job, machine, targets } from './orchestration/machines';
import { Orchestration, onNode22 } from './orchestration/orchestration';

const LABEL = 'cdktf-multicloud.dev/execution';

onNode22('state machines and the cluster', () => {
  const { stack, etl, ml, queued } = targets();
  const quick = { 'termination-message': '{"rows":3}' };
  machine(stack, 'quick', job('Quick', etl, quick));
  machine(stack, 'slow', job('Slow', etl, { ...quick, 'run-seconds': '8' }));
  machine(stack, 'hang', job('Hang', etl, { outcome: 'hang' }).next(job('After', ml)));
  machine(
    stack,
    'ladder',
    job('Climb', etl, { outcome: 'oom' }, { retry: { 'GKE.OOMKilled': { memory: ['1Gi', '2Gi', '4Gi'] } } }),
  );
  machine(stack, 'patient', job('Queued', queued, quick));
  machine(
    stack,
    'indexed',
    job('Index', etl, quick, {
      indexed: { completions: 4, parallelism: 2 },
      resultSelector: { 'indexes.$': '$.completedIndexes', 'pods.$': '$.succeeded' },
    }),
  );
  machine(
    stack,
    'spread',
    new DistributedMapStep('Each', {
      itemsPath: '$.files',
      item: job('File', etl, quick, {
        environment: { 'KEY.$': '$.key' },
        resultSelector: { 'job.$': '$.job' },
      }),
    }),
  );
  const life = new Orchestration(stack);
  beforeAll(() => life.start());
  afterAll(() => life.stop());

  const jobsOf = (execution: string, namespace = 'etl'): Json[] => {
    const run = execution.split(':').at(-1)!;
    return life.jobs(namespace).filter(({ metadata }) => labels(metadata)[LABEL] === run);
  };
  const running = (execution: string) =>
    life.cluster.until('a pod that runs', () => {
      const [found] = jobsOf(execution);
      return Number((found?.status as { ready?: number } | undefined)?.ready) > 0 ? found : undefined;
    });

  test('an evicted Job is made again under another name, and succeeds', async () => {
    const { execution, ended } = life.run('slow');
    const first = await running(execution);
    evict(nameOf(first));
    expect((await ended).error).toBeUndefined();
    expect(jobsOf(execution)).toHaveLength(2);
  });

  test('a submit whose answer was lost makes no second Job', async () => {
    life.gateway.loseNextAnswer();
    const { execution, error } = await life.run('quick').ended;
    expect(error).toBeUndefined();
    expect(jobsOf(execution)).toHaveLength(1);
    expect(life.logs).toContain(execution);
  });

  test('a submit that the state machine repeats makes no second Job, and another content is a conflict', async () => {
    const submit = submitTo({ attempt: randomUUID(), execution: executionOf('quick') });
    const [first, second] = [await submit(IMAGE), await submit(IMAGE)];
    expect(first.errorMessage).toBeUndefined();
    expect(second).toEqual(first);
    const other = await submit(IMAGE.replace('extract', 'other'));
    expect(other.errorType).toBe('GKE.JobConflict');
  });

  test('a target runs its images and no other', async () => {
    const { errorType, errorMessage } = await submitTo({ execution: executionOf('quick') })(
      `docker.io/library/miner@sha256:${'b'.repeat(64)}`,
    );
    expect(errorType).toBe('GKE.Forbidden');
    expect(errorMessage).toContain('the images are us-docker.pkg.dev/my-project/etl/*');
  });

  test('two targets cannot touch the namespaces of each other', () => {
    const user = 'etl-gke-jobs@my-project.iam.gserviceaccount.com';
    const may = (verb: string, resource: string, namespace: string, ...rest: string[]) =>
      life.cluster
        .kubectl('auth', 'can-i', verb, resource, '--as', user, '--namespace', namespace, ...rest)
        .stdout.trim();
    for (const verb of ['create', 'get', 'list', 'delete']) {
      expect(may(verb, 'jobs.batch', 'etl')).toBe('yes');
      expect(may(verb, 'jobs.batch', 'ml')).toBe('no');
    }
    for (const [verb, resource] of [
      ['create', 'pods'],
      ['get', 'secrets'],
      ['update', 'jobs.batch'],
      ['deletecollection', 'jobs.batch'],
    ] as const) {
      expect(may(verb, resource, 'etl')).toBe('no');
    }
    expect(may('get', 'pods', 'etl', '--subresource', 'log')).toBe('no');
    const { stderr } = life.cluster.kubectl('get', 'jobs', '--as', user, '--namespace', 'ml');
    expect(stderr).toContain('(Forbidden)');
  });

  test('a function deletes no Job that is not of its target', () => {
    const admin = ['create', 'job', 'of-a-person', '--image', 'busybox', '--namespace', 'etl'];
    expect(life.cluster.kubectl(...admin).status).toBe(0);
    const user = 'etl-gke-jobs@my-project.iam.gserviceaccount.com';
    const { stderr } = life.cluster.kubectl(
      'delete',
      'job',
      'of-a-person',
      '--as',
      user,
      '--namespace',
      'etl',
    );
    expect(stderr).toContain('must be a Job of the target etl');
  });

  test('an execution that is aborted leaves no Job', async () => {
    const { execution, ended, abort } = life.run('hang');
    await running(execution);
    abort();
    expect((await ended).error?.name).toBe('ExecutionAbortedError');
    await life.endedBadly(execution);
    await life.cluster.until('no Job', () => (jobsOf(execution).length === 0 ? true : undefined));
  });

  test('clean-up of one execution leaves the Jobs of others', async () => {
    const { execution, ended } = life.run('slow');
    await running(execution);
    await life.endedBadly(executionOf('slow'));
    expect((await ended).error).toBeUndefined();
  });

  test('no Job is lost while the control plane starts again', async () => {
    const { execution, ended } = life.run('slow');
    await running(execution);
    life.cluster.controlPlane.restart();
    const { error, output } = await ended;
    expect(error).toBeUndefined();
    expect(output).toMatchObject({ output: { rows: 3 } });
    expect(jobsOf(execution)).toHaveLength(1);
  });

  test.each([429, 500, 503])('a burst of %s is survived', async (status) => {
    life.gateway.refuseNext(status, 9);
    const { error, execution } = await life.run('quick').ended;
    expect(error).toBeUndefined();
    expect(jobsOf(execution)).toHaveLength(1);
  });

  test.each(['aws-sts', 'google-sts', 'iam-credentials'] as const)(
    'a burst of 503 of %s is survived',
    async (service) => {
      for (const servers of life.tokens) servers.trouble(service, { status: 503, times: 5 });
      const { error } = await life.run('quick').ended;
      expect(error).toBeUndefined();
    },
  );

  test('running out of memory leads to more of it, and at the top to an error', async () => {
    const { execution, error, history } = await life.run('ladder').ended;
    expect(error?.name).toBe('GKE.OOMKilled');
    expect(history.filter((state) => state.startsWith('Climb') && !state.includes(':'))).toEqual([
      'Climb',
      'Climb (2Gi)',
      'Climb (4Gi)',
    ]);
    const memories = jobsOf(execution).map((each) => JSON.stringify(each).match(/"memory":"(\dGi)"/)![1]);
    expect(memories.sort()).toEqual(['1Gi', '2Gi', '4Gi']);
  });

  test('a Job that waits in a queue is waited for', async () => {
    const { execution, ended } = life.run('patient');
    const waiting = await life.cluster.until('a Job', () => jobsOf(execution, 'queued')[0]);
    expect(labels(waiting.metadata)['kueue.x-k8s.io/queue-name']).toBe('batch');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    // What Kueue does when there is room.
    const patch = JSON.stringify({ spec: { suspend: false } });
    life.cluster.kubectl(
      'patch',
      'job',
      nameOf(waiting),
      '--namespace',
      'queued',
      '--type',
      'merge',
      '-p',
      patch,
    );
    expect((await ended).error).toBeUndefined();
  });

  test('the pods of an Indexed Job are counted', async () => {
    expect((await life.run('indexed').ended).output).toEqual({ indexes: '0-3', pods: 4 });
  });

  test('the items of a Distributed Map belong to the execution that a person started', async () => {
    const files = ['a', 'b', 'c'].map((key) => ({ key }));
    const { output, execution, error } = await life.run('spread', { input: { files } }).ended;
    expect(error).toBeUndefined();
    expect(output).toHaveLength(3);
    const keys = jobsOf(execution).map(
      (each) => JSON.stringify(each).match(/"name":"KEY","value":"(\w)"/)![1],
    );
    expect(keys.sort()).toEqual(['a', 'b', 'c']);
  });

  test('200 executions at once all succeed, each with a Job of its own', async () => {
    const many = Array.from({ length: 200 }, () => life.run('quick', { waitMs: 3_000 }));
    const ended = await Promise.all(many.map((each) => each.ended));
    expect(ended.filter(({ error }) => error !== undefined)).toEqual([]);
    const runs = new Set(many.map(({ execution }) => execution.split(':').at(-1)));
    expect(life.jobs('etl').filter(({ metadata }) => runs.has(labels(metadata)[LABEL]!))).toHaveLength(200);
  });

  test('no log line holds a token', () => {
    expect(life.logs).not.toContain(MARKER);
  });

  function evict(jobName: string): void {
    const selector = `batch.kubernetes.io/job-name=${jobName}`;
    const pod = life.cluster.kubectl('get', 'pods', '-n', 'etl', '-l', selector, '-o', 'name').stdout.trim();
    const status = {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: memory.',
      conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet' }],
    };
    const patch = ['--subresource', 'status', '--type', 'merge', '-p', JSON.stringify({ status })];
    const { status: code, stderr } = life.cluster.kubectl('patch', pod, '-n', 'etl', ...patch);
    if (code !== 0) throw new Error(stderr);
  }

  /** What a state machine sends, with the definition of the stack. */
  function submitTo(request: { execution: string; attempt?: string }) {
    return (image: string) =>
      life.lambda('etl-gke-jobs').invoke({
        action: 'submit',
        step: 'Quick',
        name: 'quick',
        attempt: randomUUID(),
        schedule: { initialSeconds: 1, factor: 1.5, maxSeconds: 2 },
        exitCodes: {},
        pendingSeconds: 600,
        timeoutSeconds: 600,
        job: JSON.parse(JSON.stringify(life.jobOf('quick', 'Quick')).replaceAll(IMAGE, image)) as unknown,
        ...request,
      });
  }
});

function executionOf(machineName: string): string {
  return `arn:aws:states:eu-west-1:210987654321:execution:${machineName}:${randomUUID()}`;
}

function labels(metadata: unknown): Record<string, string> {
  return (metadata as { labels?: Record<string, string> }).labels ?? {};
}

function nameOf({ metadata }: Json): string {
  return String(metadata!.name);
}
