import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { FATES, faultMachines, PLACES } from './orchestration/fault-places';
import { FaultRuns, type FaultRun } from './orchestration/fault-runs';
import { CONNECTION_FAILURES, isOf, REPLIES, REQUESTS, SILENCES } from './orchestration/faults';
import type { Interference } from './orchestration/interference';
import { later } from './orchestration/later';
import { Orchestration, onNode22 } from './orchestration/orchestration';
import { Sandbox } from './orchestration/sandbox';
import { Services } from './orchestration/services';
import { violations } from './orchestration/sweep';

/** Executions at the same time. */
const CONCURRENCY = 40;
/** A fault that lasts longer than the tries of one call of a function, so that the state machine repeats the call. */
const LONG = 5;

interface Case {
  readonly place: string;
  readonly fault: string;
  readonly times: number;
}

/** Faults of the process of a function. The others are faults of its requests. */
const PROCESS_FAULTS = ['host name not found', 'killed before', 'killed after'];

const REQUEST_FAULTS: Readonly<Record<string, Interference>> = {
  ...Object.fromEntries(Object.entries(REPLIES).map(([name, reply]) => [name, { reply }])),
  ...CONNECTION_FAILURES,
  ...SILENCES,
};

/** Faults that a function itself tries again: all others reach the state machine at once. */
const RETRIED = /^(429|50\d|connection|host)/;

/** Cases that take long come first. */
const CASES: readonly Case[] = Object.entries(PLACES)
  .flatMap(([place, { at }]) => {
    const faults = [...Object.keys(REQUEST_FAULTS), ...PROCESS_FAULTS];
    return faults.flatMap((fault) => {
      if (!RETRIED.test(fault)) return [{ place, fault, times: 1 }];
      // What a function reads once more is the same; a write may have been done.
      return (at.method === 'GET' ? [LONG] : [LONG, 1]).map((times) => ({ place, fault, times }));
    });
  })
  .sort((a, b) => seconds(b) - seconds(a));

function titleOf({ place, fault, times }: Case): string {
  return `${place}, ${fault}, ${times}`;
}

function seconds({ place, fault }: Case): number {
  return (PLACES[place]!.isCleanup ? 16 : 0) + (fault in SILENCES ? 10 : 0);
}

/*
 * Each request of a step and of a clean-up meets each fault, once and for longer than a function tries. The machine of a
 * case has one step, which reaches the request soon.
 */
onNode22('fault sweep', () => {
  const life = new Orchestration(faultMachines());
  const services = new Services();
  const runs = new FaultRuns(life, services);
  beforeAll(async () => {
    await services.start();
    await life.start();
    life.cluster.kubectl('delete', 'serviceaccount', 'ml-job', '--namespace', 'ml');
  });
  afterAll(async () => {
    await life.stop();
    await services.stop();
  });

  test('an execution reaches its end with any fault at any request, and leaves nothing', async () => {
    const others = await runs.startOthers();
    await runs.expectNone(CASES, { titleOf, run: withFault, concurrency: CONCURRENCY });
    others.check();
  });

  test('an execution reaches its end when the API server restarts during any request', async () => {
    const others = await runs.startOthers();
    const places = Object.keys(PLACES).flatMap((place) =>
      (['stops', 'is down'] as const).map((moment) => ({ place, moment })),
    );
    const gates = { stops: later<void>(), 'is down': later<void>() };
    const arrivals = places.map(() => later<void>());
    const done: FaultRun[] = [];
    const checks = places.map(({ place, moment }, index) => {
      const name = randomUUID();
      done.push({ title: `${place} ${moment}`, place, runId: name });
      const held: Interference = {
        before: () => {
          arrivals[index]!.resolve();
          return gates[moment].promise;
        },
      };
      const { polled } = runs.plan(name, place, held, Infinity);
      return runs
        .execution(place, name, { polled })
        .then((problems) => problems.map((each) => `${place} ${moment}: ${each}`));
    });
    await Promise.all(arrivals.map(({ promise }) => promise));
    const restarted = life.cluster.controlPlane.restarted();
    gates.stops.resolve();
    setTimeout(() => gates['is down'].resolve(), 500);
    await restarted;
    expect((await Promise.all(checks)).flat()).toEqual([]);
    await runs.nothingLeft(done);
    others.check();
  });

  test('an execution that is aborted while it gives up its Job leaves nothing', async () => {
    const places = ['deletion', 'poll of the deleted Job', 'live pods'].flatMap((place) =>
      (['before', 'after'] as const).map((moment) => ({ place, moment })),
    );
    const done: FaultRun[] = [];
    const found = await violations(places, async ({ place, moment }) => {
      const name = randomUUID();
      done.push({ title: `${place} ${moment}`, place, runId: name });
      const { isMet } = runs.plan(name, place, { [moment]: () => running.abort() }, 1);
      const running = life.run('stuck', { name });
      await running.ended;
      return [...unless(isMet), ...(await runs.cleanUp('stuck', name, running.execution))];
    });
    expect(found).toEqual([]);
    await runs.nothingLeft(done);
  });

  test('a redrive during the clean-up keeps its Job, and the earlier Job ends', async () => {
    const found = await violations([REQUESTS.jobs, REQUESTS.delete], async ({ method, url }) => {
      const name = randomUUID();
      const [polled, held] = [later<void>(), later<void>()];
      let isRedriven = false;
      runs.sweep.interfere(name, (seen) => {
        if (isOf(REQUESTS.job, seen)) polled.resolve();
        if (isRedriven || !isOf({ method, url }, seen)) return undefined;
        isRedriven = true;
        return { before: () => (held.resolve(), redrivenIsPolled.promise) };
      });
      const redrivenIsPolled = later<void>();
      const first = life.run('aborted', { name });
      await polled.promise;
      const [old] = runs.unfinishedOf(name);
      // Longer than the difference that the function allows for between two clocks.
      await sleep(7_000);
      first.abort();
      const cleaned = runs.cleanUp('aborted', name, first.execution, {}, () =>
        isRedriven ? 'RUNNING' : 'ABORTED',
      );
      await held.promise;
      runs.sweep.interfere(name, (seen) => {
        if (isOf(REQUESTS.job, seen)) redrivenIsPolled.resolve();
        return undefined;
      });
      const redriven = life.run('aborted', { name });
      const problems = await cleaned;
      const left = runs.unfinishedOf(name).filter((uid) => uid !== old);
      if (left.length !== 1) problems.push(`${left.length} Jobs of the redrive are left`);
      redriven.abort();
      return problems;
    });
    expect(found).toEqual([]);
  });

  /** Runs an execution with a fault. The result has its violations. */
  async function withFault({ place, fault, times }: Case, name: string): Promise<string[]> {
    const { machine: machineName, at, isCleanup } = PLACES[place]!;
    const functionName = `${FATES[machineName].target}-gke-${isCleanup ? 'cleanup' : 'jobs'}`;
    const lambda = life.lambda(functionName);
    if (!PROCESS_FAULTS.includes(fault)) {
      const { polled, isMet } = runs.plan(name, place, REQUEST_FAULTS[fault]!, times);
      return [...(await runs.execution(place, name, { polled })), ...unless(isMet)];
    }
    if (fault === 'host name not found') {
      const lose = () => lambda.lose({ runId: name, ...at, times });
      if (PLACES[place]!.first === undefined) await lose();
      const { polled } = runs.plan(name, place, {}, 1, lose);
      const problems = await runs.execution(place, name, { polled });
      const isMet = () =>
        lambda.log.split('\n').some((line) => line.includes(name) && line.includes('ENOTFOUND'));
      return [...problems, ...unless(isMet)];
    }
    const sandbox = new Sandbox(lambda, name < '8' ? 'Lambda.Unknown' : 'Runtime.ExitError');
    await sandbox.start();
    const kill = () => sandbox.kill();
    const { polled, isMet } = runs.plan(
      name,
      place,
      fault === 'killed before' ? { before: kill, reset: 'before' } : { after: kill },
      times,
    );
    const functions = { [life.arnOf(functionName)]: sandbox.url };
    const problems = await runs.execution(place, name, { polled, functions });
    await sandbox.stop();
    return [...problems, ...unless(isMet)];
  }
});

function unless(isMet: () => boolean): string[] {
  return isMet() ? [] : ['the fault was not met'];
}
