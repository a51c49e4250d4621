import { randomUUID } from 'node:crypto';
import { FATES, PLACES, type Fate } from './fault-places';
import { isOf, REQUESTS } from './faults';
import type { Interference } from './interference';
import { later } from './later';
import type { Orchestration } from './orchestration';
import type { Services } from './services';
import { isUnfinished, Sweep, violations } from './sweep';

const NAMESPACES = ['etl', 'ml', 'reporting'];

/** A fault that an execution is going to meet. */
export interface Plan {
  /** Resolves when the function polls the Job. */
  readonly polled: Promise<void>;
  /** Whether the execution met the fault. */
  readonly isMet: () => boolean;
}

/** An execution that has ended, and what it is called in a message. */
export interface FaultRun {
  readonly title: string;
  readonly place: string;
  readonly runId: string;
}

/** How a test runs the cases of a sweep. */
export interface CaseRunner<T> {
  readonly titleOf: (one: T) => string;
  /** Runs an execution. The result has its violations. */
  readonly run: (one: T, name: string) => Promise<string[]>;
  /** Executions at the same time. */
  readonly concurrency: number;
}

/** Executions of the state machines of the places, each with a fault, and what they leave. */
export class FaultRuns {
  public readonly sweep: Sweep;

  constructor(
    private readonly life: Orchestration,
    private readonly services: Services,
  ) {
    this.sweep = new Sweep(life);
  }

  /**
   * Injects a fault at a place of an execution.
   * @param armed awaited before the response to the request that leads to the place
   */
  public plan(
    runId: string,
    place: string,
    fault: Interference,
    times: number,
    armed: () => unknown = () => undefined,
  ): Plan {
    const { at, first } = PLACES[place]!;
    let isArmed = first === undefined;
    let left = times;
    const polled = later<void>();
    this.sweep.interfere(runId, (seen) => {
      if (isOf(REQUESTS.job, seen)) polled.resolve();
      if (!isArmed && first !== undefined) {
        const [kind, leading] = first;
        if (!isOf(kind, seen)) return undefined;
        isArmed = true;
        return { ...leading(seen), before: armed };
      }
      if (left === 0 || !isOf(at, seen)) return undefined;
      left -= 1;
      return fault;
    });
    return { polled: polled.promise, isMet: () => left < times };
  }

  /** Runs an execution of a place to its end, with its clean-up where it was aborted. */
  public async execution(
    place: string,
    name: string,
    { polled, functions = {} }: { polled: Promise<void>; functions?: Readonly<Record<string, string>> },
  ): Promise<string[]> {
    const { machine: machineName, isCleanup } = PLACES[place]!;
    const { rows, error: expected }: Fate = FATES[machineName];
    const running = this.life.run(machineName, {
      name,
      // Longer than the calls that deliver the token.
      heartbeatMs: 4_000,
      functions: isCleanup ? {} : functions,
    });
    if (machineName === 'aborted') {
      await polled;
      running.abort();
    }
    const { error, output } = await running.ended;
    const problems: string[] = [];
    if (error?.name !== expected) problems.push(`ended with ${error?.name}: ${error?.cause}`);
    const result = (output as { output?: { rows?: number } } | undefined)?.output;
    if (result?.rows !== rows) problems.push(`the output is ${JSON.stringify(output)}`);
    return isCleanup
      ? [...problems, ...(await this.cleanUp(machineName, name, running.execution, functions))]
      : problems;
  }

  /** Runs the clean-up of an execution. The result has its violations. */
  public async cleanUp(
    machineName: string,
    name: string,
    execution: string,
    functions: Readonly<Record<string, string>> = {},
    status: () => string = () => 'ABORTED',
  ): Promise<string[]> {
    const problems: string[] = [];
    const { error } = await this.life.run(`${machineName}-cleanup`, {
      input: { execution, status: 'ABORTED' },
      // Longer than the difference that the function allows for between two clocks.
      waitMs: 8_000,
      functions: {
        ...functions,
        'aws-sdk:sfn:describeExecution': this.at(`describe-${name}`, () => ({ Status: status() })),
        'sqs:sendMessage': this.at(`dead-${name}`, () => {
          problems.push('the clean-up sent a dead letter');
          return {};
        }),
      },
    }).ended;
    if (error) problems.push(`the clean-up ended with ${error.name}`);
    return problems;
  }

  /** URL of a service that answers with a result. */
  private at(name: string, answer: () => object): string {
    return this.services.answering(name, () => ({ result: answer() }))[name]!;
  }

  /** Executions without a fault, whose Jobs run on. */
  public async startOthers() {
    const names = [randomUUID(), randomUUID()];
    const others = names.map((name) => this.life.run('aborted', { name }));
    const uids = () => names.map((name) => this.unfinishedOf(name));
    await this.life.cluster.until('the Jobs of other executions', () =>
      uids().every(({ length }) => length === 1) ? true : undefined,
    );
    const before = uids();
    return {
      check: () => {
        expect(uids()).toEqual(before);
        others.forEach(({ abort }) => abort());
      },
    };
  }

  /** Runs each case as an execution with a new run id. Expects no violation, and that nothing is left. */
  public async expectNone<T extends { readonly place: string }>(
    cases: readonly T[],
    { titleOf, run, concurrency }: CaseRunner<T>,
  ): Promise<void> {
    const done: FaultRun[] = [];
    const found = await violations(
      cases,
      (one) => {
        const name = randomUUID();
        done.push({ title: titleOf(one), place: one.place, runId: name });
        return run(one, name);
      },
      concurrency,
    );
    expect(found).toEqual([]);
    await this.nothingLeft(done);
  }

  /** Waits until each execution has its ended Jobs and their Secrets alone. */
  public async nothingLeft(runs: readonly FaultRun[]): Promise<void> {
    const left = () => {
      const jobs = this.sweep.jobs(...NAMESPACES);
      const secrets = this.sweep.secrets('reporting');
      return runs.flatMap(({ title, place, runId: run }) => {
        const { machine: machineName } = PLACES[place]!;
        const found = jobs.get(run) ?? [];
        const unfinished = found.filter(isUnfinished).length;
        const tokens = secrets.get(run)?.length ?? 0;
        const isRight =
          unfinished === 0 && found.length === FATES[machineName].jobs && tokens <= FATES[machineName].jobs;
        return isRight
          ? []
          : [`${title}: ${found.length} Jobs, ${unfinished} of them unfinished, ${tokens} Secrets`];
      });
    };
    await this.life.cluster
      .until('the end of all deletions', () => (left().length === 0 ? true : undefined))
      .catch(() => {
        expect(left()).toEqual([]);
      });
  }

  /** Uids of the unfinished Jobs of an execution on the target `etl`. */
  public unfinishedOf(run: string): string[] {
    return (this.sweep.jobs('etl').get(run) ?? []).filter(isUnfinished).map(uidOf);
  }
}

function uidOf({ metadata }: { metadata?: unknown }): string {
  return (metadata as { uid: string }).uid;
}
