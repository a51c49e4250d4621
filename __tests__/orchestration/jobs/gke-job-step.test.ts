import { DECIDED_ERRORS, UNDECIDED_ERRORS } from '../../../lib/contracts/job-errors';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import { estimatePollingCost } from '../../../lib/orchestration/state-machine/poll-schedule';
import type { Retrier, State } from '../../../lib/orchestration/state-machine/asl/states';
import type { GkeJobStepProps } from '../../../lib/orchestration/jobs/gke-job-step-props';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { type Json } from '../../synth';
import { step, waiting } from './step-fixtures';

const statesOf = (props: Partial<GkeJobStepProps> = {}) =>
  StateMachineDefinition.fromSteps(step(props)).states.States;

const inner = (states: Readonly<Record<string, State>>, name = 'Extract') =>
  (states[name]!.Branches as { States: Record<string, State> }[])[0]!.States;

const jobOf = (props: Partial<GkeJobStepProps> = {}) =>
  (inner(statesOf(props))['Extract: attempt']!.Parameters as { job: { metadata: Json; spec: Json } }).job;

describe('the states of a Job', () => {
  test('submit, wait and poll until it is over', () => {
    expect(statesOf()).toMatchSnapshot();
    expect(definitionProblems(StateMachineDefinition.fromSteps(step()).states)).toEqual([]);
  });

  test('a Job of a day takes fewer than 885 transitions', () => {
    expect(estimatePollingCost(86_400)).toEqual({ calls: 296, transitions: 746 });
  });

  // Each walk along the states is what Step Functions counts.
  test.each([1, 10, 11, 600, 3_600, 86_400, 604_800])(
    'the cost of a Job of %d seconds is that of its states',
    (seconds) => {
      const states = inner(statesOf());
      let transitions = 2;
      let calls = 0;
      let clock = 0;
      const status = { done: false, waitSeconds: 10 };
      for (let name: string | undefined = 'Extract: submit'; name !== undefined; transitions += 1) {
        const state: State = states[name]!;
        if (state.Type === 'Wait') clock += status.waitSeconds;
        if (state.Type === 'Task') {
          calls += 1;
          if (name.endsWith('poll')) {
            status.done = clock >= seconds;
            status.waitSeconds = status.done ? 0 : Math.min(300, Math.ceil(status.waitSeconds * 1.5));
          }
        }
        const [over, long] = (state.Choices ?? []) as { Next: string }[];
        name = (
          state.Type !== 'Choice'
            ? state.Next
            : status.done
              ? over!.Next
              : status.waitSeconds >= 300
                ? long!.Next
                : state.Default
        ) as string | undefined;
      }
      expect(estimatePollingCost(seconds)).toEqual({ calls, transitions });
    },
  );

  test('a result goes on by the names that were chosen for it', () => {
    const states = statesOf({
      resultSelector: { 'rows.$': '$.output.rows', day: 'today' },
      resultPath: '$.extract',
    });
    expect(inner(states)['Extract: result']).toMatchObject({
      InputPath: '$.status.result',
      Parameters: { 'rows.$': '$.output.rows', day: 'today' },
    });
    expect(states.Extract).toMatchObject({
      ResultSelector: { 'rows.$': "$[0]['rows']", 'day.$': "$[0]['day']" },
      ResultPath: '$.extract',
    });
  });

  test('a field of the result that is absent is an error inside the step, which retry and catch match', () => {
    const states = inner(statesOf({ resultSelector: { 'rows.$': '$.output.rows', 'job.$': '$.job' } }));
    expect(states['Extract: validate result']).toEqual({
      Type: 'Choice',
      Choices: [
        {
          And: [
            { Variable: '$.status.result.job', IsPresent: true },
            { Variable: '$.status.result.output.rows', IsPresent: true },
          ],
          Next: 'Extract: result',
        },
      ],
      Default: 'Extract: result incomplete',
    });
    expect(states['Extract: result incomplete']).toEqual({
      Type: 'Fail',
      Error: 'GKE.ResultMissing',
      Cause: 'The job completed, but its result must have $.job, $.output.rows.',
    });
    expect((states['Extract: done?']!.Choices as { Next: string }[])[0]!.Next).toBe(
      'Extract: validate result',
    );
  });

  test('a field of the input that is absent is a bad request, and not the end of the execution', () => {
    const states = statesOf({
      environment: { 'DAY.$': '$.day' },
      argsPath: "States.Array('$.x', $.list[0])",
    });
    expect((states.Extract!.Branches as { StartAt: string }[])[0]!.StartAt).toBe('Extract: validate input');
    expect(inner(states)['Extract: validate input']).toMatchObject({
      Choices: [
        {
          And: [
            { Variable: '$.day', IsPresent: true },
            { Variable: '$.list[0]', IsPresent: true },
          ],
          Next: 'Extract: attempt',
        },
      ],
      Default: 'Extract: input incomplete',
    });
    expect(inner(states)['Extract: input incomplete']).toEqual({
      Type: 'Fail',
      Error: 'GKE.BadRequest',
      Cause: 'The input of the step must have $.day, $.list[0].',
    });
  });

  test.each(['poll', 'long poll', 'submit'])('only a named end is final for the %s', (part) => {
    const [ends, others] = inner(statesOf({ exitCodes: { 3: 'NoNewData' } }))[`Extract: ${part}`]!
      .Retry as Retrier[];
    expect(ends).toEqual({ ErrorEquals: [...DECIDED_ERRORS, 'NoNewData'], MaxAttempts: 0 });
    for (const error of UNDECIDED_ERRORS) expect(ends!.ErrorEquals).not.toContain(error);
    expect(others).toMatchObject({ ErrorEquals: ['States.ALL'], JitterStrategy: 'FULL' });
  });

  // With full jitter a pause takes half of its limit on average.
  test.each([60, 4_800, 86_400, 864_000])(
    'polls are repeated for the %d seconds of the step',
    (timeoutSeconds) => {
      const deadlineSeconds = Math.min(timeoutSeconds, 3_600);
      const states = inner(statesOf({ deadlineSeconds, timeoutSeconds }));
      const { MaxAttempts = 0, MaxDelaySeconds = 0 } = (states['Extract: poll']!.Retry as Retrier[])[1]!;
      expect((MaxAttempts * MaxDelaySeconds) / 2).toBeGreaterThanOrEqual(timeoutSeconds);
      expect(MaxAttempts).toBeLessThanOrEqual(500);
    },
  );

  test('memory climbs from one group of states to the next, each with the handlers of the step', () => {
    const ladder = step({ retry: { 'GKE.OOMKilled': { memory: ['2Gi', '4Gi', '8Gi'] } } }).catch(
      'GKE.JobFailed',
      new SucceedStep('Anyway'),
    );
    const { States } = StateMachineDefinition.fromSteps(ladder.next(new SucceedStep('After'))).states;
    expect(Object.keys(States)).toEqual(['Extract', 'Extract (4Gi)', 'Extract (8Gi)', 'After', 'Anyway']);
    const caught = (name: string) =>
      (States[name]!.Catch as { ErrorEquals: string[]; Next: string }[]).map(({ ErrorEquals, Next }) => [
        ErrorEquals[0],
        Next,
      ]);
    expect(caught('Extract')).toEqual([
      ['GKE.OOMKilled', 'Extract (4Gi)'],
      ['GKE.JobFailed', 'Anyway'],
    ]);
    expect(caught('Extract (8Gi)')).toEqual([['GKE.JobFailed', 'Anyway']]);
    expect(JSON.stringify(inner(States, 'Extract (8Gi)'))).toContain('"memory":"8Gi"');
    expect(States['Extract (8Gi)']!.Next).toBe('After');
  });

  test('interruptions are tried again unless something else is said', () => {
    const names = (props: Partial<GkeJobStepProps>) =>
      (statesOf(props).Extract!.Retry as Retrier[]).map(({ ErrorEquals, MaxAttempts }) => [
        ...ErrorEquals,
        MaxAttempts,
      ]);
    expect(names({})).toEqual([
      ['GKE.Evicted', 'GKE.Preempted', 'GKE.NodeLost', 'GKE.PodDeleted', 'GKE.JobNotFound', 3],
      ['GKE.QuotaExceeded', 5],
    ]);
    expect(
      names({
        retry: { 'States.ALL': { attempts: 1 }, 'GKE.Evicted': { attempts: 9 } },
        acknowledge: { overlappingJobs: 'it writes to a place of its own' },
      }),
    ).toEqual([
      ['GKE.Preempted', 'GKE.NodeLost', 'GKE.PodDeleted', 'GKE.JobNotFound', 3],
      ['GKE.QuotaExceeded', 5],
      ['GKE.Evicted', 9],
      ['States.ALL', 1],
    ]);
  });
});

describe('the Job', () => {
  test('waits in the queue of its target', () => {
    const { metadata, spec } = jobOf({ target: waiting });
    expect(metadata.labels).toEqual({ 'kueue.x-k8s.io/queue-name': 'batch' });
    expect(spec.suspend).toBe(true);
  });

  test('may have many pods, of which a lost one is made again', () => {
    const { spec } = jobOf({
      indexed: { completions: 100, parallelism: 10, maxFailedIndexes: 5 },
      exitCodes: { 3: 'Bad' },
    });
    expect(spec).toMatchObject({
      completionMode: 'Indexed',
      completions: 100,
      parallelism: 10,
      backoffLimitPerIndex: 0,
      maxFailedIndexes: 5,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'FailIndex', onExitCodes: { containerName: 'job', operator: 'In', values: [3] } },
        ],
      },
    });
    expect(spec.backoffLimit).toBeUndefined();
  });

  test('takes arguments and variables that are known when it runs', () => {
    const text = JSON.stringify(
      jobOf({ argsPath: "States.Array('--day', $.day)", environment: { 'DAY.$': '$.day', MODE: 'full' } }),
    );
    expect(text).toContain(`"args.$":"States.Array('--day', $.day)"`);
    expect(text).toContain('"env":[{"name":"DAY","value.$":"$.day"},{"name":"MODE","value":"full"}]');
  });
});
