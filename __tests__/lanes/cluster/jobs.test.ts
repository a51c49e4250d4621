import { GKE_ERRORS } from '../../../lib/contracts/job-errors';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { MARKER } from '../../runtime/token-servers';
import { job, machine, targets } from './orchestration/machines';
import { Orchestration, onNode22 } from './orchestration/orchestration';

/** How a pod ends, and the error that tells of it. */
const FAILURES: readonly [string, Record<string, string>, Parameters<typeof job>[3], string][] = [
  ['oom', { outcome: 'oom' }, {}, GKE_ERRORS.OOM_KILLED],
  ['evicted', { outcome: 'evicted' }, { retry: { 'GKE.Evicted': { attempts: 0 } } }, GKE_ERRORS.EVICTED],
  [
    'preempted',
    { outcome: 'preempted' },
    { retry: { 'GKE.Preempted': { attempts: 0 } } },
    GKE_ERRORS.PREEMPTED,
  ],
  [
    'spot',
    { outcome: 'node-shutdown' },
    { retry: { 'GKE.Preempted': { attempts: 0 } } },
    GKE_ERRORS.PREEMPTED,
  ],
  [
    'deleted',
    { outcome: 'deleted' },
    { retry: { 'GKE.PodDeleted': { attempts: 0 } } },
    GKE_ERRORS.POD_DELETED,
  ],
  ['image', { outcome: 'image-pull' }, { pendingSeconds: 6 }, GKE_ERRORS.IMAGE_PULL],
  ['unscheduled', { outcome: 'never-scheduled' }, { pendingSeconds: 6 }, GKE_ERRORS.UNSCHEDULABLE],
  ['deadline', { outcome: 'hang' }, { deadlineSeconds: 30 }, GKE_ERRORS.DEADLINE_EXCEEDED],
  ['code-7', { 'exit-code': '7', 'termination-message': 'no disk' }, {}, GKE_ERRORS.JOB_FAILED],
  ['code-3', { 'exit-code': '3' }, { exitCodes: { 3: 'NoNewData' } }, 'NoNewData'],
  ['code-137', { 'exit-code': '137' }, {}, GKE_ERRORS.JOB_FAILED],
];

onNode22('Jobs that state machines run', () => {
  const { stack, etl } = targets();
  machine(
    stack,
    'succeed',
    job('Extract', etl, { 'termination-message': '{"rows":3}' }).next(
      job('Load', etl, {}, { resultPath: '$.load' }),
    ),
  );
  for (const [name, fate, props] of FAILURES) machine(stack, name, job(name, etl, fate, props));
  machine(
    stack,
    'caught',
    job('Look', etl, { 'exit-code': '3' }, { exitCodes: { 3: 'NoNewData' } }).catch(
      'NoNewData',
      new SucceedStep('Nothing to do'),
    ),
  );
  const environment = { 'ROWS.$': '$.first.output.rows', 'FULL.$': '$.first.output.full' };
  machine(
    stack,
    'chained',
    job('First', etl, { 'termination-message': '{"rows":3,"full":true}' }, { resultPath: '$.first' }).next(
      job('Second', etl, {}, { environment }),
    ),
  );
  const life = new Orchestration(stack);
  beforeAll(() => life.start());
  afterAll(() => life.stop());

  test('a Job that ends well gives its result to the next', async () => {
    const { output, error, history } = await life.run('succeed').ended;
    expect(error).toBeUndefined();
    expect(output).toMatchObject({
      output: { rows: 3 },
      namespace: 'etl',
      succeeded: 1,
      failed: 0,
      load: { output: null },
    });
    expect(history.filter((state) => state.endsWith('submit'))).toEqual(['Extract: submit', 'Load: submit']);
  });

  test.each(FAILURES.map(([name, , , error]) => [name, error]))('%s ends as %s', async (name, expected) => {
    const { error, execution } = await life.run(name).ended;
    expect(error?.name).toBe(expected);
    const { errorMessage } = JSON.parse(error!.cause) as { errorMessage: string };
    expect(errorMessage).toContain(execution);
    expect(errorMessage).toMatch(/Job \S+ in namespace etl/);
    expect(errorMessage).toContain('https://console.cloud.google.com/logs/query');
    expect(error!.cause).not.toContain(MARKER);
  });

  test('a number and a boolean of a result are texts in the environment of the next Job', async () => {
    const { error } = await life.run('chained').ended;
    expect(error).toBeUndefined();
    const jobs = JSON.stringify(life.jobs('etl'));
    for (const [name, value] of [
      ['ROWS', '3'],
      ['FULL', 'true'],
    ]) {
      expect(jobs).toContain(JSON.stringify({ name, value }));
    }
  });

  test('an error with a name is caught by it', async () => {
    const { error, history } = await life.run('caught').ended;
    expect(error).toBeUndefined();
    expect(history.at(-1)).toBe('Nothing to do');
  });
});
