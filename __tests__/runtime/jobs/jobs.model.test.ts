import * as fc from 'fast-check';
import { GKE_DISRUPTIONS, GKE_ERRORS, UNDECIDED_ERRORS } from '../../../lib/contracts/job-errors';
import type { JobStatus, JobTargetSettings } from '../../../lib/contracts/jobs';
import { cancel } from '../../../runtime/jobs/cancel';
import { JobsApi } from '../../../runtime/jobs/jobs-api';
import { poll } from '../../../runtime/jobs/poll';
import { submit } from '../../../runtime/jobs/submit';
import { runOf } from '../../../runtime/shared/input/execution';
import { EXECUTION, pollRequest, submitRequest } from '../harness';
import { isLive, SimulatedCluster, type SimulatedJob } from './simulated-cluster';

/*
 * One step of one execution, as Step Functions runs it, against a simulated cluster. The runs interleave calls of the
 * functions with aborts, redrives, duplicate events, faults and ends of pods.
 *
 * MODEL_RUNS=10000 npx jest __tests__/runtime/jobs/jobs.model.test.ts
 */
const RUNS = Number(process.env.MODEL_RUNS ?? 300);

const TARGET = {
  name: 'training',
  namespace: 'jobs',
  cluster: { id: 'projects/p/locations/l/clusters/c', host: 'host' },
  reason: 'Nightly training',
} as JobTargetSettings;
const RUN = runOf(EXECUTION);
/** `retry` of the step. */
const RETRIED: readonly string[] = [...GKE_DISRUPTIONS, GKE_ERRORS.DEADLINE_EXCEEDED, GKE_ERRORS.JOB_FAILED];
const TIMEOUT_SECONDS = 120;

interface CleanupPass {
  readonly createdBefore: string;
  /** Redrives at the time of the description. */
  readonly redrives: number;
}

class Model {
  public readonly cluster = new SimulatedCluster(() => this.now);
  private readonly jobs = new JobsApi(this.cluster.server, 'jobs');
  private now = Date.parse('2026-01-01T00:00:00Z');
  private execution: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' = 'RUNNING';
  private redrives = 0;
  private attempt = 1;
  private status?: JobStatus;
  private events = 0;
  private pass?: CleanupPass;
  /** Uids of Jobs whose pod succeeded. */
  private readonly results = new Set<string>();

  public async run(action: Action): Promise<void> {
    this.now += 100;
    await this.act(action);
    this.check();
  }

  /** Late requests arrive, the last pass runs, and deleted pods end. */
  public async settle(): Promise<void> {
    this.wait(120);
    this.describe();
    await this.delete();
    this.collect();
    if (this.execution === 'RUNNING') return;
    expect(this.live().map(({ name }) => name)).toEqual([]);
  }

  private async act(action: Action): Promise<void> {
    switch (action) {
      case 'call':
        return this.call();
      case 'call, whose request is late':
        this.cluster.delay = true;
        return this.call();
      case 'call, unavailable':
      case 'call, forbidden':
      case 'call, lost':
        this.cluster.fault = FAULTS[action];
        return this.call();
      case 'start pod':
        for (const job of this.live()) job.pod = 'Running';
        return;
      case 'succeed pod':
      case 'fail pod':
        return this.endPods(action === 'succeed pod' ? 'Succeeded' : 'Failed');
      case 'collect':
        return this.collect();
      case 'wait':
        return this.wait(70);
      case 'abort':
        return this.end('ABORTED');
      case 'redrive':
        return this.redrive();
      case 'duplicate event':
        this.events += this.execution === 'RUNNING' ? 0 : 1;
        return;
      case 'describe':
        return this.events > 0 ? this.describe() : undefined;
      case 'delete':
        return this.delete();
    }
  }

  private async call(): Promise<void> {
    const attempt = `00000000-0000-0000-0000-${String(this.attempt).padStart(12, '0')}`;
    try {
      if (this.execution !== 'RUNNING') return;
      if (this.status === undefined) {
        this.status = await submit(submitRequest({ attempt }), RUN, TARGET, this.jobs);
        return;
      }
      const request = pollRequest({ attempt, status: this.status, timeoutSeconds: TIMEOUT_SECONDS });
      this.status = await poll(request, TARGET, this.jobs, this.now);
      if (!this.status.done) return;
      expect(this.status.result?.output).toBe(this.status.uid);
      this.end('SUCCEEDED');
    } catch (error) {
      const { name, message } = error as Error;
      if (UNDECIDED_ERRORS.some((each) => each === name)) return;
      if (!RETRIED.includes(name)) throw new Error(`${name}: ${message}`, { cause: error });
      expect(this.results).not.toContain(this.status?.uid);
      if (this.attempt % 4 === 0) return this.end('FAILED');
      this.attempt += 1;
      this.status = undefined;
    } finally {
      this.cluster.delay = false;
      this.cluster.fault = undefined;
    }
  }

  private endPods(phase: 'Succeeded' | 'Failed'): void {
    for (const job of this.live()) {
      this.cluster.endPod(job, phase);
      if (phase === 'Succeeded' && !job.deleting) this.results.add(job.uid);
    }
  }

  private collect(): void {
    for (const job of [...this.cluster.jobs.values()]) this.cluster.collect(job);
  }

  /** A call ends within 45 seconds, so that its request has arrived by then. */
  private wait(seconds: number): void {
    this.cluster.arrive();
    this.now += seconds * 1000;
  }

  private end(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void {
    if (this.execution !== 'RUNNING') return;
    this.execution = status;
    this.events += 1;
  }

  /** Step Functions continues with the state that did not succeed: a poll of the same Job, or the same submit. */
  private redrive(): void {
    if (this.execution !== 'FAILED' && this.execution !== 'ABORTED') return;
    // The retries of a redriven state start again.
    if (this.execution === 'FAILED') {
      this.attempt += 1;
      this.status = undefined;
    }
    this.execution = 'RUNNING';
    this.redrives += 1;
  }

  private describe(): void {
    this.pass =
      this.execution === 'RUNNING'
        ? undefined
        : { createdBefore: new Date(this.now).toISOString(), redrives: this.redrives };
  }

  private async delete(): Promise<void> {
    const { pass } = this;
    if (pass === undefined) return;
    this.pass = undefined;
    this.cluster.onDelete = (job) => this.checkDeletion(job, pass);
    const request = { action: 'cancel', execution: EXECUTION, createdBefore: pass.createdBefore } as const;
    await cancel(request, RUN, TARGET, this.jobs, { now: () => this.now, until: Infinity });
    this.cluster.onDelete = () => undefined;
  }

  private checkDeletion(job: SimulatedJob, { createdBefore, redrives }: CleanupPass): void {
    expect(this.results).not.toContain(job.uid);
    if (this.execution !== 'RUNNING') return;
    // Only a Job from before a redrive that came between the description and the deletion.
    expect(this.redrives).toBeGreaterThan(redrives);
    expect(job.createdAt + 5_000).toBeLessThan(Date.parse(createdBefore));
  }

  private live(): SimulatedJob[] {
    return [...this.cluster.jobs.values()].filter(isLive);
  }

  private check(): void {
    const live = this.live().map(({ name }) => name);
    expect(live.length).toBeLessThanOrEqual(1);
    for (const uid of this.results) {
      if (this.status?.uid !== uid || this.execution !== 'RUNNING') continue;
      expect([...this.cluster.jobs.values()].map((job) => job.uid)).toContain(uid);
    }
  }
}

const FAULTS = {
  'call, unavailable': 'unavailable',
  'call, forbidden': 'forbidden',
  'call, lost': 'lost',
} as const;

const ACTIONS = [
  'call',
  'call, whose request is late',
  'call, unavailable',
  'call, forbidden',
  'call, lost',
  'start pod',
  'succeed pod',
  'fail pod',
  'collect',
  'wait',
  'abort',
  'redrive',
  'duplicate event',
  'describe',
  'delete',
] as const;
type Action = (typeof ACTIONS)[number];

/** Sequences that chance alone seldom makes. */
const RACES: readonly (readonly Action[])[] = [
  ['call'],
  ['abort', 'describe', 'redrive', 'call', 'call', 'delete'],
  ['call, whose request is late', 'abort', 'describe', 'delete', 'redrive', 'call'],
  ['wait', 'wait', 'call', 'call', 'collect', 'call', 'call'],
  ['fail pod', 'call', 'call'],
];

const actions = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...ACTIONS).map((action) => [action]) },
      fc.constantFrom(...RACES),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.flat());

test('never two live Jobs of a step, none of a running execution deleted, no result lost', async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (sequence) => {
      const model = new Model();
      for (const action of sequence) await model.run(action);
      await model.settle();
    }),
    { numRuns: RUNS },
  );
});
