import { rule } from '../../rule';
import type { Subject } from '../../subject';
import { fail } from '../../verdict';
import { definitionOf, handlersOf, isUnknown, machineWith, TASK } from './definition';

/** Handlers of every error that stand before others or beside names. */
export const catchAllOrder = rule('aws_sfn_state_machine', {
  id: 'SFN005',
  title: 'States.ALL that is not alone and last',
  severity: 'error',
  why: 'Step Functions rejects the definition.',
  fix: 'Give States.ALL a separate handler and make it the last one.',
  check: (machine) => {
    const definition = definitionOf(machine);
    if (isUnknown(definition)) return definition;
    return definition.states.flatMap((state) =>
      (['Retry', 'Catch'] as const)
        .filter((kind) => isMisplaced(handlersOf(state, kind)))
        .map((kind) =>
          fail(`States.ALL in ${kind} of "${state.name}" is not alone and last.`, {
            property: state.subject.self.property,
            detail: state.name,
          }),
        ),
    );
  },
  passes: [
    machineWith({ ...TASK, Retry: [{ ErrorEquals: ['GKE.Evicted'] }, { ErrorEquals: ['States.ALL'] }] }),
  ],
  fails: [
    machineWith({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['GKE.Evicted'] }] }),
    machineWith({ ...TASK, Catch: [{ ErrorEquals: ['GKE.Evicted', 'States.ALL'], Next: 'Load' }] }),
  ],
});

function isMisplaced(handlers: readonly Subject[]): boolean {
  return handlers.some((handler, at) => {
    const errors = handler.value('ErrorEquals').elements;
    return (
      errors.some(({ text }) => text === 'States.ALL') && (errors.length > 1 || at < handlers.length - 1)
    );
  });
}
