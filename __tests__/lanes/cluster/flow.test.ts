import { ApprovalStep } from '../../../lib/orchestration/state-machine/steps/approval-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { LambdaGate } from '../../../lib/orchestration/gates/lambda-gate';
import { DecisionStep } from '../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { MARKER } from '../../runtime/token-servers';
import type { Json } from '../../synth';
import type { Ended, Execution } from './orchestration/interpreter';
import { job, machine, reporterRole, targets } from './orchestration/machines';
import { Orchestration, onNode22 } from './orchestration/orchestration';
import { Services, type Answer } from './orchestration/services';
import { writeSecret } from './orchestration/token-secret';

const DECIDER = 'arn:aws:lambda:eu-west-1:210987654321:function:decide:live';
const TOPIC = 'arn:aws:sns:eu-west-1:210987654321:approvals';
const LABEL = 'cdktf-multicloud.dev/execution';

onNode22('what comes before a Job, and what it reports', () => {
  const all = targets();
  const { stack, etl, reporting } = all;
  const done = { 'termination-message': '{"rows":3}' };
  const awsRole = reporterRole(all);
  machine(
    stack,
    'approved',
    new ApprovalStep('Approve', { topicArn: TOPIC, question: 'Load it?', timeoutSeconds: 600 }).next(
      job('Load', etl, done, { resultPath: '$.load' }),
    ),
  );
  machine(
    stack,
    'gated',
    new DecisionStep('Small enough?', {
      source: new LambdaGate({ functionArn: DECIDER, timeoutSeconds: 2 }),
      condition: StepCondition.lessThan('$.decision.value', 5),
      otherwise: new PassStep('Closed'),
    }).next(job('Launch', etl, done)),
  );
  const reports = (name: string, fate: Readonly<Record<string, string>>) =>
    machine(
      stack,
      name,
      job('Report', reporting, fate, { awsRole, timeoutSeconds: 4_000 }).waitForCallback({
        heartbeatSeconds: 60,
      }),
    );
  reports('reports', { outcome: 'hang' });
  reports('silent', { ...done, 'run-seconds': '6' });
  reports('dies', { 'exit-code': '7', 'run-seconds': '2' });

  const life = new Orchestration(stack);
  const services = new Services();
  beforeAll(async () => {
    await services.start();
    await life.start();
  });
  afterAll(async () => {
    await life.stop();
    await services.stop();
  });

  const jobsOf = (execution: string, namespace = 'etl'): Json[] => {
    const run = execution.split(':').at(-1)!;
    return life.jobs(namespace).filter(({ metadata }) => labels(metadata!)[LABEL] === run);
  };

  describe('an approval', () => {
    const ask = async (options: Partial<Execution> = {}) => {
      const before = services.asked.length;
      const functions = services.answering('sns:publish', () => ({ result: { MessageId: '1' } }));
      const running = life.run('approved', { functions, ...options });
      const { event } = (await life.cluster.until('a message', () => services.asked[before]))!;
      return { ...running, message: String(event.Message) };
    };

    test('that was granted launches the Job, and says who and when', async () => {
      const { execution, ended, token, message } = await ask();
      expect(message).toContain(`Execution: ${execution}`);
      expect(message).toContain(
        `aws stepfunctions send-task-success --task-token ${token} --task-output '{"approved":true,"by":"YOUR NAME"}'`,
      );
      expect(jobsOf(execution)).toHaveLength(0);
      await life.report({ token, success: { approved: true, by: 'ana@example.com' } });
      const { output, error } = await ended;
      expect(error).toBeUndefined();
      const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
      expect(output).toMatchObject({
        approval: { approved: true, by: 'ana@example.com', at },
        load: { output: { rows: 3 } },
      });
      expect(jobsOf(execution)).toHaveLength(1);
    });

    const yes = { approved: true, by: 'ana@example.com' };
    test.each<[string, Parameters<typeof life.report>[0] | undefined, string]>([
      [
        'denied',
        { token: '', failure: { error: 'ApprovalDenied', cause: 'ana: not today' } },
        'ApprovalDenied',
      ],
      ['answered with no', { token: '', success: { ...yes, approved: false } }, 'ApprovalDenied'],
      [
        'answered with the text "true"',
        { token: '', success: { ...yes, approved: 'true' } },
        'ApprovalDenied',
      ],
      ['answered by nobody', { token: '', success: { approved: true } }, 'ApprovalDenied'],
      ['answered by an empty name', { token: '', success: { ...yes, by: '' } }, 'ApprovalDenied'],
      ['answered with nothing', { token: '', success: {} }, 'ApprovalDenied'],
      ['answered with a text', { token: '', success: 'yes' }, 'ApprovalDenied'],
      ['not answered in time', undefined, 'ApprovalDenied'],
    ])('that was %s launches nothing', async (_, answer, name) => {
      const { execution, ended, token } = await ask({ answerMs: answer ? undefined : 300 });
      if (answer) await life.report({ ...answer, token });
      const { error } = await ended;
      expect(error).toMatchObject({ name });
      expect(jobsOf(execution)).toHaveLength(0);
    });

    test('that nobody could be asked for launches nothing', async () => {
      const functions = services.answering('sns:publish', () => ({ errorType: 'SNS.NotFoundException' }));
      const { execution, ended } = life.run('approved', { functions });
      expect((await ended).error).toMatchObject({ name: 'SNS.NotFoundException' });
      expect(jobsOf(execution)).toHaveLength(0);
    });
  });

  describe('a gate', () => {
    const decide = async (answer: () => Answer | Promise<Answer>): Promise<Ended> =>
      life.run('gated', { functions: services.answering(DECIDER, answer) }).ended;

    test('is open for a value for which its condition holds', async () => {
      const { execution, error } = await decide(() => ({ result: { value: 4 } }));
      expect(error).toBeUndefined();
      expect(jobsOf(execution)).toHaveLength(1);
    });

    test.each<[string, Answer]>([
      ['another value', { result: { value: 5 } }],
      ['no value', { result: {} }],
      ['null', { result: { value: null } }],
      ['a text', { result: { value: '4' } }],
      ['a list', { result: { value: [4] } }],
      ['no object', { result: 'open' }],
      ['nothing', { result: null }],
      ['an error', { errorType: 'Error', errorMessage: 'no data' }],
      ['a missing function', { errorType: 'Lambda.ResourceNotFoundException' }],
      ['a function that may not be called', { errorType: 'Lambda.AccessDeniedException' }],
    ])('is closed for %s', async (_, answer) => {
      const { execution, error, history } = await decide(() => answer);
      expect(error).toBeUndefined();
      expect(history).toContain('Closed');
      expect(history).not.toContain('Launch');
      expect(jobsOf(execution)).toHaveLength(0);
    });

    test('is closed for a function that does not answer', async () => {
      const { execution, history } = await decide(() => new Promise<Answer>(() => undefined));
      expect(history).toContain('Closed');
      expect(jobsOf(execution)).toHaveLength(0);
    });
  });

  describe('a Job that reports', () => {
    interface Secret {
      readonly type: string;
      readonly data: { readonly token: string };
      readonly metadata: {
        readonly ownerReferences: readonly { readonly kind: string; readonly name: string }[];
      };
    }
    /** What a pod reads: the token in the Secret that its Job names. */
    const tokenIn = async (execution: string) => {
      const found = await life.cluster.until('the Secret of the Job', () => {
        const [first] = jobsOf(execution, 'reporting');
        if (first === undefined) return undefined;
        const { template } = first.spec as unknown as { template: { spec: { volumes: Json[] } } };
        const volume = template.spec.volumes.find(({ name }) => String(name) === 'task-token')!;
        const { secretName } = volume.secret as unknown as { secretName: string };
        const args = ['get', 'secret', secretName, '--namespace', 'reporting', '--output', 'json'];
        const { status, stdout } = life.cluster.kubectl(...args);
        return status === 0 ? (JSON.parse(stdout) as Secret) : undefined;
      });
      const [owner] = found.metadata.ownerReferences;
      expect(found.type).toBe('cdktf-multicloud.dev/task-token');
      expect(owner).toMatchObject({ kind: 'Job' });
      return Buffer.from(found.data.token, 'base64').toString();
    };

    test('ends the step with what it says, while it still runs', async () => {
      const { execution, ended } = life.run('reports', { heartbeatMs: 20_000 });
      const token = await tokenIn(execution);
      expect(await life.report({ token })).toBeUndefined();
      const success = { rows: 12, files: ['a', 'b'] };
      expect(await life.report({ token, success })).toBeUndefined();
      const { output, error, history } = await ended;
      expect(error).toBeUndefined();
      expect(output).toMatchObject({
        output: success,
        namespace: 'reporting',
        job: expect.stringMatching(/^report-[0-9a-f]{10}$/) as string,
        logsUrl: expect.stringContaining('console.cloud.google.com/logs') as string,
        completionTime: null,
      });
      expect(history).not.toContain('Report: poll');
    });

    test('fails the step with the error that it names', async () => {
      const { execution, ended } = life.run('reports', { heartbeatMs: 20_000 });
      const token = await tokenIn(execution);
      await life.report({ token, failure: { error: 'NoNewData', cause: 'nothing since yesterday' } });
      expect((await ended).error).toMatchObject({ name: 'NoNewData' });
    });

    test('is polled to its end when its sign of life is late, and what it says then is too late', async () => {
      const { execution, ended } = life.run('silent', { heartbeatMs: 1_500 });
      const token = await tokenIn(execution);
      expect(await life.report({ token })).toBeUndefined();
      const { output, error, history } = await ended;
      expect(error).toBeUndefined();
      expect(output).toMatchObject({ output: { rows: 3 }, succeeded: 1 });
      expect(history).toContain('Report: poll');
      expect(await life.report({ token, success: {} })).toBe('TaskTimedOut');
      expect(jobsOf(execution, 'reporting')).toHaveLength(1);
    });

    test('that died without a word is named by how it died', async () => {
      const { ended } = life.run('dies', { heartbeatMs: 3_000 });
      expect((await ended).error).toMatchObject({ name: 'GKE.JobFailed' });
    });

    test('takes its token with it when it goes', async () => {
      const { execution, ended, abort } = life.run('reports', { heartbeatMs: 20_000 });
      await tokenIn(execution);
      abort();
      await ended;
      await life.endedBadly(execution);
      // The deletion is in the foreground: the Job goes after its pods.
      await life.cluster.until('the end of the Job', () =>
        jobsOf(execution, 'reporting').length === 0 ? true : undefined,
      );
      await life.cluster.until('no Secret of the execution', () => {
        const selector = `${LABEL}=${execution.split(':').at(-1)}`;
        const { stdout } = life.cluster.kubectl(
          'get',
          'secrets',
          '-n',
          'reporting',
          '-l',
          selector,
          '-o',
          'name',
        );
        return stdout.trim() === '' ? true : undefined;
      });
    });

    test.each([
      ['another type', { type: 'Opaque' }, 'is of the type'],
      ['another owner', { owner: 'other' }, 'belongs to the Job of its name'],
      ['no label', { labels: {} }, 'must be a Secret of the target'],
    ])('the function may write no Secret with %s', (_, change, message) => {
      expect(writeSecret(life, change)).toContain(message);
    });

    test('the function may overwrite no other Secret, and read none', () => {
      const admin = (...args: string[]) => life.cluster.kubectl(...args, '--namespace', 'reporting');
      admin('create', 'secret', 'generic', 'password', '--from-literal=value=old');
      expect(writeSecret(life, { name: 'password', type: 'Opaque' }, 'replace')).toContain('is of the type');
      const user = life.userOf('reporting');
      expect(admin('get', 'secret', 'password', '--as', user).stderr).toContain(
        'cannot get resource "secrets"',
      );
      expect(admin('delete', 'secret', 'password', '--as', user).stderr).toContain('cannot delete resource');
    });

    test('the function of a target without callbacks writes no Secret at all', () => {
      const user = ['--namespace', 'etl', '--as', life.userOf('etl')];
      const { stdout } = life.cluster.kubectl('auth', 'can-i', 'create', 'secrets', ...user);
      expect(stdout.trim()).toBe('no');
    });
  });

  test('no token of any kind is in a log or in what goes from state to state', () => {
    expect(life.logs).toContain('handOver');
    expect(life.logs).not.toContain(MARKER);
    expect(life.history).toContain('Report: deliver token');
    expect(life.history).not.toContain(MARKER);
  });
});

function labels(metadata: Json): Record<string, string> {
  return (metadata as unknown as { labels: Record<string, string> }).labels;
}
