import { isAtLeast } from '../guardrails/severity';
import type { Review } from './review';

/** Reasons to stop a pipeline. `error` and `warning` are severities of new findings. */
export const GATES = [
  'broadening',
  'destroy',
  'drift',
  'error',
  'replace-stateful',
  'unknown',
  'warning',
] as const;

/** Name of a gate. */
export type Gate = (typeof GATES)[number];

const TESTS: Readonly<Record<Gate, (review: Review) => boolean>> = {
  broadening: ({ access }) => access.some(({ verdict }) => verdict !== 'narrowed'),
  destroy: ({ stacks }) => changesOf(stacks).some(({ action }) => action === 'delete'),
  drift: ({ stacks }) => stacks.some(({ drift }) => drift.length > 0),
  error: ({ newFindings, exceeded }) =>
    exceeded.length > 0 || newFindings.some(({ severity }) => isAtLeast(severity, 'error')),
  'replace-stateful': ({ stacks }) => changesOf(stacks).some(({ isStatefulLoss }) => isStatefulLoss),
  unknown: ({ access, coverage }) =>
    coverage.read < coverage.stated || access.some(({ verdict }) => verdict === 'unknown'),
  warning: ({ newFindings }) => newFindings.some(({ severity }) => isAtLeast(severity, 'warning')),
};

const changesOf = (stacks: Review['stacks']) => stacks.flatMap(({ changes }) => changes);

/** Gates that a review does not pass. */
export function trippedGates(review: Review, gates: readonly Gate[]): readonly Gate[] {
  return gates.filter((gate) => TESTS[gate](review));
}

/** Whether planning failed in a stack. Such a plan must not be approved. */
export function isErrored({ stacks }: Review): boolean {
  return stacks.some((stack) => stack.isErrored);
}
