import { rule } from '../../rule';
import { isComputed } from '../../../model/values/value';
import type { Subject } from '../../subject';
import { any, every, fail, pass, when, type Verdict } from '../../verdict';
import { handlersOf, machineWith, ofEachState, TASK } from './definition';

/** Handlers of every error that stand before others or beside names. */
export const catchAllOrder = rule('aws_sfn_state_machine', {
  id: 'SFN005',
  title: 'States.ALL that is not alone and last',
  severity: 'error',
  why: 'Step Functions rejects the definition.',
  fix: 'Give States.ALL a separate handler and make it the last one.',
  check: (machine) =>
    ofEachState(machine, (state) =>
      (['Retry', 'Catch'] as const).flatMap((kind) =>
        when(
          isMisplaced(handlersOf(state, kind)),
          fail(`States.ALL in ${kind} of "${state.name}" is not alone and last.`, {
            property: state.subject.self.property,
            detail: state.name,
          }),
        ),
      ),
    ),
  passes: [
    machineWith({ ...TASK, Retry: [{ ErrorEquals: ['GKE.Evicted'] }, { ErrorEquals: ['States.ALL'] }] }),
  ],
  fails: [
    machineWith({ ...TASK, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['GKE.Evicted'] }] }),
    machineWith({ ...TASK, Catch: [{ ErrorEquals: ['GKE.Evicted', 'States.ALL'], Next: 'Load' }] }),
  ],
});

function isMisplaced(handlers: readonly Subject[]): Verdict {
  const none = fail('States.ALL is alone and last.');
  return any(
    none,
    ...handlers.map((handler, at) => {
      const errors = handler.value('ErrorEquals');
      const isFollowed = errors.elements.length > 1 || at < handlers.length - 1;
      // A list that only Terraform knows can have several errors.
      const isNotAlone = isFollowed ? pass : isComputed(errors.value) ? errors.unknown() : none;
      return every(any(none, ...errors.elements.map((error) => error.is('States.ALL'))), isNotAlone);
    }),
  );
}
