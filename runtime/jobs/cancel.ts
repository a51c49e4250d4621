import type { JobTargetSettings, CancelResult } from '../../lib/contracts/jobs';
import type { Run } from '../shared/input/execution';
import { Failure } from '../shared/http/failure';
import { bridgeLabels } from './job';
import type { JobsApi } from './jobs-api';
import type { Job } from './kubernetes';

const AT_ONCE = 5;

/** Deletes all Jobs of a run. All are tried before a failure is told. */
export async function cancel(run: Run, target: JobTargetSettings, jobs: JobsApi): Promise<CancelResult> {
  const deleted: string[] = [];
  const failures: unknown[] = [];
  for await (const page of jobs.pagesOf(bridgeLabels(run, target))) {
    for (let first = 0; first < page.length; first += AT_ONCE) {
      await Promise.all(page.slice(first, first + AT_ONCE).map(remove));
    }
  }
  if (failures.length > 0) throw summary(failures, deleted.length);
  return { deleted };

  async function remove({ metadata: { name, uid } }: Job): Promise<void> {
    try {
      await jobs.delete(name, uid);
      deleted.push(name);
    } catch (error) {
      failures.push(error);
    }
  }
}

function summary(failures: readonly unknown[], deleted: number): unknown {
  const [first] = failures;
  if (!(first instanceof Failure)) return first;
  const left = `${failures.length} of ${failures.length + deleted} Jobs could not be deleted.`;
  return new Failure(first.name, `${left} ${first.message}`);
}
