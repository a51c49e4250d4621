import { randomUUID } from 'node:crypto';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import type { IChainable } from '../../../lib/orchestration/state-machine/step';
import type { SeenRequest } from './orchestration/gateway';
import { job, machine, reporterRole, targets } from './orchestration/machines';
import { Orchestration, onNode22 } from './orchestration/orchestration';
import { Services } from './orchestration/services';
import { isUnfinished, Sweep, violations } from './orchestration/sweep';

const SIBLING = 'arn:aws:lambda:eu-west-1:210987654321:function:sibling:live';
const DESCRIBE = 'aws-sdk:sfn:describeExecution';
const DEAD_LETTERS = 'sqs:sendMessage';
const STEPS = ['Extract', 'Transform', 'Report', 'Load'];

/** How an execution ends before its Jobs. */
const WAYS = ['ABORTED', 'TIMED_OUT', 'FAILED'] as const;
const MOMENTS = ['before', 'after'] as const;

interface End {
  readonly machineName: string;
  /** Index of the step that is at work. */
  readonly step: number;
  /** Request of that step: 0 is its submit. */
  readonly request: number;
  /** Whether the API server gets the request before or after the clean-up has begun. */
  readonly moment: (typeof MOMENTS)[number];
  readonly way: (typeof WAYS)[number];
}

/*
 * An execution ends at each of its requests, while the request is on its way. The clean-up that follows is the one of
 * the stack, with shorter waits.
 */
onNode22('abort sweep', () => {
  const all = targets();
  const { stack, etl, reporting } = all;
  const done = { 'termination-message': '{"rows":3}' };
  const awsRole = reporterRole(all);
  /** The ETL, in which one step never ends by itself. */
  const nightly = (endless: number): IChainable => {
    const fate = (step: number) => (step === endless ? { outcome: 'hang' } : done);
    return job('Extract', etl, fate(0))
      .next(job('Transform', etl, fate(1)))
      .next(
        job('Report', reporting, fate(2), { awsRole, timeoutSeconds: 4_000 }).waitForCallback({
          heartbeatSeconds: 60,
        }),
      )
      .next(job('Load', etl, fate(3)));
  };
  const withSibling = (chain: IChainable) =>
    new ParallelStep('Both', { branches: [chain, new LambdaStep('Sibling', { functionArn: SIBLING })] });
  STEPS.forEach((_, step) => {
    machine(stack, `nightly-${step}`, nightly(step));
    machine(stack, `pair-${step}`, withSibling(nightly(step)));
  });

  const life = new Orchestration(stack);
  const services = new Services();
  const sweep = new Sweep(life);
  beforeAll(async () => {
    await services.start();
    await life.start();
  });
  afterAll(async () => {
    await life.stop();
    await services.stop();
  });

  const cases: End[] = STEPS.flatMap((_, step) =>
    WAYS.flatMap((way) =>
      MOMENTS.flatMap((moment) =>
        [0, 1, 2].map((request) => ({
          machineName: `${way === 'FAILED' ? 'pair' : 'nightly'}-${step}`,
          step,
          request,
          moment,
          way,
        })),
      ),
    ),
  );

  test('an execution that ends at any request leaves no Job and no Secret, and the Jobs of others run on', async () => {
    const others = ['nightly-0', 'pair-0', 'nightly-2'].map((name) =>
      life.run(name, {
        functions: at(SIBLING, 'no-sibling', () => new Promise(() => undefined)),
        heartbeatMs: 1_000,
      }),
    );
    const jobsOfOthers = (...namespaces: string[]) => {
      const all = sweep.jobs(...namespaces);
      return others.map(({ execution }) => (all.get(runOf(execution)) ?? []).filter(isUnfinished).map(uidOf));
    };
    await life.cluster.until('the last Job of each other execution', () =>
      [...jobsOfOthers('etl').slice(0, 2), jobsOfOthers('reporting')[2]!].every(({ length }) => length === 1)
        ? true
        : undefined,
    );
    const before = jobsOfOthers('etl', 'reporting');
    const runs: [End, string][] = [];
    expect(
      await violations(cases, async (end) => {
        const { execution, problems } = await endAt(end);
        runs.push([end, runOf(execution)]);
        return problems;
      }),
    ).toEqual([]);
    expect(runs).toHaveLength(cases.length);
    await life.cluster.until('no unfinished Job of the executions', () => {
      const jobs = sweep.jobs('etl', 'reporting');
      return runs.some(([, run]) => jobs.get(run)?.some(isUnfinished)) ? undefined : true;
    });
    const jobs = sweep.jobs('etl', 'reporting');
    // Jobs that ended keep their result.
    expect(runs.filter(([{ step }, run]) => (jobs.get(run) ?? []).length !== step)).toEqual([]);
    await life.cluster.until('no Secret without its ended Job', () => {
      const secrets = sweep.secrets('reporting');
      return runs.some(([{ step }, run]) => (secrets.get(run) ?? []).length > (step > 2 ? 1 : 0))
        ? undefined
        : true;
    });
    expect(jobsOfOthers('etl', 'reporting')).toEqual(before);
    others.forEach(({ abort }) => abort());
  });

  /** Runs an execution, ends it at a request, and cleans it up. */
  async function endAt({ machineName, step, request, moment, way }: End) {
    const name = randomUUID();
    const sibling = later<void>();
    const over = later<void>();
    const begun = later<string>();
    let current = -1;
    let index = 0;
    let isDue = true;
    sweep.interfere(name, (seen) => {
      if (isCleanup(seen))
        return begun.isDone() && seen.url.includes(`/${begun.value}/`)
          ? { after: () => over.resolve() }
          : undefined;
      if (isSubmit(seen)) [current, index] = [current + 1, 0];
      else index += 1;
      if (!isDue || current !== step || index !== request) return undefined;
      isDue = false;
      const end = () => {
        begun.resolve(namespaceOf(seen));
        return over.promise;
      };
      return moment === 'before' ? { before: end } : { after: end };
    });
    const running = life.run(machineName, {
      name,
      heartbeatMs: 1_000,
      functions: at(SIBLING, `sibling-${name}`, async () => {
        await sibling.promise;
        return { errorType: 'SiblingFailed' };
      }),
    });
    await Promise.race([begun.promise, running.ended]);
    if (way === 'FAILED') sibling.resolve();
    else running.abort();
    const { error } = await running.ended;
    const expected = way === 'FAILED' ? 'SiblingFailed' : 'ExecutionAbortedError';
    const problems = error?.name === expected ? [] : [`ended with ${error?.name}: ${error?.cause}`];
    const deadLetters: unknown[] = [];
    const cleanup = life.run(`${machineName}-cleanup`, {
      input: { execution: running.execution, status: way },
      // Longer than the difference that the function allows for between two clocks.
      waitMs: 8_000,
      functions: {
        ...at(DESCRIBE, `describe-${name}`, () => ({ result: { Status: way } })),
        ...at(DEAD_LETTERS, `dead-${name}`, () => (deadLetters.push(name), { result: {} })),
      },
    });
    const cleaned = await cleanup.ended;
    if (cleaned.error) problems.push(`the clean-up ended with ${cleaned.error.name}`);
    if (deadLetters.length > 0) problems.push('the clean-up sent a dead letter');
    return { execution: running.execution, problems };
  }

  function at(resource: string, name: string, answer: Parameters<Services['answering']>[1]) {
    return { [resource]: services.answering(name, answer)[name]! };
  }
});

function isCleanup({ method, url }: SeenRequest): boolean {
  return method === 'DELETE' || (method === 'GET' && url.includes('/jobs?'));
}

function isSubmit({ method, url }: SeenRequest): boolean {
  return method === 'POST' && url.endsWith('/jobs');
}

function namespaceOf({ url }: SeenRequest): string {
  return /\/namespaces\/([^/]+)\//.exec(url)![1]!;
}

function runOf(execution: string): string {
  return execution.split(':').at(-1)!;
}

function uidOf({ metadata }: { metadata?: unknown }): string {
  return (metadata as { uid: string }).uid;
}

/** A promise that is resolved from outside. */
function later<T>() {
  let resolve!: (value: T) => void;
  let value: T | undefined;
  const promise = new Promise<T>((done) => {
    resolve = (given) => {
      value ??= given;
      done(given);
    };
  });
  return {
    promise,
    resolve,
    isDone: () => value !== undefined,
    get value() {
      return value;
    },
  };
}
