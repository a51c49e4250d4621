import { TRANSIENT_LAMBDA_ERRORS } from '../../lib/orchestration/state-machine/asl/lambda-errors';

const NAMES: readonly unknown[] = TRANSIENT_LAMBDA_ERRORS.filter((name) => name !== 'States.Timeout');

/**
 * States whose lists of the transient errors of Lambda are one entry, for snapshots. `lambda-errors.test.ts` has the
 * names. A list without one of them stays as it is.
 */
export function withShortErrorLists(value: unknown): unknown {
  if (Array.isArray(value)) return shortened(value).map(withShortErrorLists);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withShortErrorLists(each)]));
}

function shortened(list: readonly unknown[]): readonly unknown[] {
  if (!NAMES.every((name) => list.includes(name))) return list;
  return list.flatMap((each) => {
    if (each === NAMES[0]) return ['(transient errors of Lambda)'];
    return NAMES.includes(each) ? [] : [each];
  });
}
