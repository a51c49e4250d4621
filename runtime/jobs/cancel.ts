import {
  JOB_ANNOTATIONS,
  type CancelRequest,
  type CancelResult,
  type JobTargetSettings,
} from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import { isBefore } from '../shared/input/fence';
import { Failure } from '../shared/http/failure';
import { bridgeLabels } from './job';
import type { JobsApi } from './jobs-api';
import { holding, type Job } from './kubernetes';

/** Deletions at the same time: 10,000 Jobs at 100 ms a request take 20 seconds. */
const CONCURRENCY = 50;

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
  const deleted: string[] = [];
  const failures: unknown[] = [];
  for await (const page of jobs.pagesOf(bridgeLabels(run, target))) {
    const unfinished = page.filter(
      (job) => isUnfinished(job) && isOf(request, job) && isBefore(request, job.metadata.creationTimestamp),
    );
    for (let first = 0; first < unfinished.length; first += CONCURRENCY) {
      if (now() >= until) return outOfTime();
      await Promise.all(unfinished.slice(first, first + CONCURRENCY).map(remove));
    }
  }
  if (failures.length > 0) throw summary(failures, deleted.length);
  return result(false);

  /** A call without progress fails, so that the state machine counts it. */
  function outOfTime(): CancelResult {
    if (deleted.length === 0 && failures.length > 0) throw summary(failures, 0);
    return result(true);
  }

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

/** Executions of equal names, in two accounts or regions, share their labels. The ARN distinguishes them. */
function isOf({ execution }: CancelRequest, { metadata }: Job): boolean {
  return (metadata.annotations?.[JOB_ANNOTATIONS.executionArn] ?? execution) === execution;
}

/** An ended Job keeps its result and its pods until Kubernetes deletes it after `ttlSeconds`. */
function isUnfinished({ metadata, status }: Job): boolean {
  const { conditions } = status ?? {};
  const isFinished = holding(conditions, 'Complete') ?? holding(conditions, 'Failed');
  return isFinished === undefined && metadata.deletionTimestamp === undefined;
}

function summary(failures: readonly unknown[], deleted: number): unknown {
  const [first] = failures;
  if (!(first instanceof Failure)) return first;
  const left = `${failures.length} of ${failures.length + deleted} Jobs could not be deleted.`;
  return new Failure(first.name, `${left} ${first.message}`);
}
