import type { ApiServer, Call } from '../../../runtime/jobs/api-server';
import { unavailable } from '../../../runtime/jobs/api-server';
import { Failure } from '../../../runtime/shared/http/failure';
import type { Condition } from '../../../runtime/jobs/kubernetes';

/** A Job and its one pod in the simulated cluster. */
export interface SimulatedJob {
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly createdAt: number;
  readonly conditions: Condition[];
  pod: 'Pending' | 'Running' | 'Succeeded' | 'Failed';
  deleting: boolean;
}

const TYPES = { Succeeded: 'Complete', Failed: 'Failed' } as const;

/** Whether its pod may do work. */
export const isLive = ({ pod }: SimulatedJob): boolean => pod === 'Pending' || pod === 'Running';

/**
 * An API server and a Job controller in memory: names are unique, a deletion in the foreground keeps the Job until its
 * pod has ended, and the controller writes the condition when the pod ends.
 */
export class SimulatedCluster {
  public readonly jobs = new Map<string, SimulatedJob>();
  /** Called before a Job is deleted. */
  public onDelete: (job: SimulatedJob) => void = () => undefined;
  /** Error of the next call, once. */
  public fault?: 'unavailable' | 'forbidden' | 'lost';
  /** Where set, the next POST arrives when `arrive` is called. */
  public delay = false;
  private readonly inFlight: (() => void)[] = [];
  private made = 0;

  constructor(private readonly now: () => number) {}

  public get server(): ApiServer {
    return { call: (call: Call) => this.call(call) } as unknown as ApiServer;
  }

  /** Requests arrive that were delayed. */
  public arrive(): void {
    for (const apply of this.inFlight.splice(0)) apply();
  }

  public endPod(job: SimulatedJob, phase: 'Succeeded' | 'Failed'): void {
    if (!isLive(job)) return;
    job.pod = phase;
    const reason = phase === 'Failed' ? 'BackoffLimitExceeded' : undefined;
    if (!job.deleting) job.conditions.push({ type: TYPES[phase], status: 'True', reason });
  }

  /** The pod of a deleted Job ends, and the Job object goes. */
  public collect(job: SimulatedJob): void {
    if (job.deleting) this.jobs.delete(job.name);
  }

  private call(call: Call): Promise<object> {
    // Only the lost response of a change matters.
    const fault = this.fault === 'lost' && call.method === 'GET' ? undefined : this.fault;
    if (fault !== undefined) this.fault = undefined;
    if (fault === 'unavailable') return Promise.reject(unavailable('The API answered 503'));
    if (fault === 'forbidden') return Promise.reject(new Failure('GKE.Forbidden', 'The API answered 403.'));
    if (call.method === 'POST' && this.delay) {
      this.delay = false;
      this.inFlight.push(() => void this.answer(call));
      return Promise.reject(unavailable('The function was killed'));
    }
    const answer = this.answer(call);
    return fault === 'lost' ? Promise.reject(unavailable('The response was lost')) : Promise.resolve(answer);
  }

  private answer({ method, path, body }: Call): object {
    const [, name] = /\/namespaces\/[^/]+\/jobs\/([^/]+)$/.exec(path) ?? [];
    if (method === 'POST') return this.create(body as { metadata: SimulatedJob });
    if (path.endsWith('/pods')) return { object: { items: this.pods() } };
    if (path.endsWith('/events')) return { object: { items: [] } };
    if (name === undefined) return { object: { items: [...this.jobs.values()].map(objectOf) } };
    const job = this.jobs.get(name);
    if (job === undefined) return { reason: 'NotFound', object: {} };
    if (method === 'GET') return { object: objectOf(job) };
    const { uid } = (body as { preconditions: { uid: string } }).preconditions;
    if (uid !== job.uid) return { reason: 'Conflict', object: {} };
    if (!job.deleting) this.onDelete(job);
    job.deleting = true;
    return { object: {} };
  }

  private create({ metadata }: { readonly metadata: SimulatedJob }): object {
    if (this.jobs.has(metadata.name)) return { reason: 'AlreadyExists', object: {} };
    const { name, labels, annotations } = metadata;
    const uid = `uid-${(this.made += 1)}`;
    const job: SimulatedJob = {
      name,
      uid,
      labels,
      annotations,
      // The API server writes whole seconds.
      createdAt: Math.floor(this.now() / 1000) * 1000,
      conditions: [],
      pod: 'Pending',
      deleting: false,
    };
    this.jobs.set(name, job);
    return { object: objectOf(job) };
  }

  /** The server selects by label in vain here; the function compares owners. */
  private pods(): object[] {
    return [...this.jobs.values()].map((job) => ({
      metadata: {
        name: `${job.name}-pod`,
        uid: `${job.uid}-pod`,
        ownerReferences: [{ uid: job.uid, controller: true }],
      },
      status: {
        phase: job.pod,
        containerStatuses: [
          {
            name: 'job',
            state: isLive(job)
              ? { running: {} }
              : { terminated: { exitCode: job.pod === 'Failed' ? 1 : 0, message: `"${job.uid}"` } },
          },
        ],
      },
    }));
  }
}

function objectOf(job: SimulatedJob): object {
  const { name, uid, labels, annotations, createdAt, conditions, deleting } = job;
  const time = new Date(createdAt).toISOString();
  return {
    metadata: {
      name,
      uid,
      labels,
      annotations,
      creationTimestamp: time,
      ...(deleting && { deletionTimestamp: time }),
    },
    status: {
      conditions: [...conditions],
      active: isLive(job) ? 1 : 0,
      ready: job.pod === 'Running' ? 1 : 0,
      succeeded: job.pod === 'Succeeded' ? 1 : 0,
      failed: job.pod === 'Failed' ? 1 : 0,
    },
  };
}
