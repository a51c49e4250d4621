import { UNDECIDED_ERRORS } from '../../../contracts/job-errors';
import type { Catcher, Retrier, State, StatesBlock } from './states';

/** Errors after which a job may still run, and names that include them. */
const AMBIGUOUS = /^(States\.(ALL|TaskFailed|Timeout)|(Lambda|Runtime|Sandbox|Vertex)\..+)$/;

/**
 * Whether an execution can succeed while a job of it runs: a branch or an item is stopped when another fails, and a
 * handler continues after an error that decides nothing about the job.
 */
export function canAbandonJobs({ States }: StatesBlock): boolean {
  return Object.values(States).some((state) => {
    const inner = innerBlocks(state);
    return (
      state.Type === 'Map' || inner.length > 1 || continuesAmbiguously(state) || inner.some(canAbandonJobs)
    );
  });
}

function innerBlocks({ Branches, ItemProcessor, Iterator }: State): StatesBlock[] {
  const items = [ItemProcessor, Iterator].filter((each) => each !== undefined);
  return [...((Branches ?? []) as StatesBlock[]), ...(items as StatesBlock[])];
}

/** A Task repeats the call for the same job. A retry of a Parallel starts another job. */
function continuesAmbiguously({ Type, Retry = [], Catch = [] }: State): boolean {
  const entries = [...(Catch as Catcher[]), ...(Type === 'Parallel' ? (Retry as Retrier[]) : [])];
  return entries.some(({ ErrorEquals }) => ErrorEquals.some(isAmbiguous));
}

function isAmbiguous(error: string): boolean {
  return AMBIGUOUS.test(error) || UNDECIDED_ERRORS.some((each) => each === error);
}
