import type { CancelRequest, CancelResult, JobTargetSettings } from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import { Failure } from '../shared/http/failure';
import { bridgeLabels } from './job';
import type { JobsApi } from './jobs-api';
import { holding, type Job } from './kubernetes';

/** Deletions at the same time: 10,000 Jobs at 100 ms a request take 20 seconds. */
const CONCURRENCY = 50;

/** The clocks of AWS and of the cluster may differ by so much. */
const CLOCK_SKEW = 5_000;

/** Names in a result, which Step Functions limits to 262,144 bytes. */
const MAX_NAMES = 100;

/** Clock and end of a clean-up call. */
export interface CancelLimits {
  readonly now: () => number;
  /** Time in milliseconds after which no further Job is deleted in this call. */
  readonly until: number;
}

/**
 * Deletes the unfinished Jobs of a run that were created before `request.createdBefore`. A call that runs out of time
 * returns `left: true`, and the state machine repeats the call. One failure does not stop the deletion of other Jobs.
 */
export async function cancel(
  request: CancelRequest,
  run: Run,
  target: JobTargetSettings,
  jobs: JobsApi,
  { now, until }: CancelLimits,
): Promise<CancelResult> {
  const fence =
    request.createdBefore === undefined ? Infinity : Date.parse(request.createdBefore) - CLOCK_SKEW;
  const deleted: string[] = [];
  const failures: unknown[] = [];
  for await (const page of jobs.pagesOf(bridgeLabels(run, target))) {
    const unfinished = page.filter((job) => isUnfinished(job) && createdAt(job) < fence);
    for (let first = 0; first < unfinished.length; first += CONCURRENCY) {
      if (now() >= until) return result(true);
      await Promise.all(unfinished.slice(first, first + CONCURRENCY).map(remove));
    }
  }
  if (failures.length > 0) throw summary(failures, deleted.length);
  return result(false);

  function result(left: boolean): CancelResult {
    return { deleted: deleted.slice(0, MAX_NAMES), deletedCount: deleted.length, left };
  }

  async function remove({ metadata: { name, uid } }: Job): Promise<void> {
    try {
      await jobs.delete(name, uid);
      deleted.push(name);
    } catch (error) {
      failures.push(error);
    }
  }
}

/** An ended Job keeps its result and its pods until Kubernetes deletes it after `ttlSeconds`. */
function isUnfinished({ metadata, status }: Job): boolean {
  const { conditions } = status ?? {};
  const isFinished = holding(conditions, 'Complete') ?? holding(conditions, 'Failed');
  return isFinished === undefined && metadata.deletionTimestamp === undefined;
}

/** A Job without a time of creation counts as old. */
function createdAt({ metadata }: Job): number {
  return Date.parse(metadata.creationTimestamp ?? '') || 0;
}

function summary(failures: readonly unknown[], deleted: number): unknown {
  const [first] = failures;
  if (!(first instanceof Failure)) return first;
  const left = `${failures.length} of ${failures.length + deleted} Jobs could not be deleted.`;
  return new Failure(first.name, `${left} ${first.message}`);
}
