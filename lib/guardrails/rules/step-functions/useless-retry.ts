import { rule } from '../../rule';
import { when } from '../../verdict';
import { handlersOf, machineWith, ofEachState, TASK } from './definition';

/** Errors that a second attempt of the same Job meets again. */
const LASTING = ['GKE.Forbidden', 'GKE.ImagePull', 'GKE.OOMKilled', 'GKE.BadRequest', 'GKE.ConfigError'];

/** Retries of errors that a second attempt meets again. */
export const uselessRetry = rule('aws_sfn_state_machine', {
  id: 'SFN008',
  title: 'Retry of an error that lasts',
  severity: 'warning',
  why: 'Each attempt costs the time and money of a whole Job and ends in the same way.',
  fix: 'Remove the error from Retry; give an out-of-memory Job more memory.',
  check: (machine) =>
    ofEachState(machine, (state) =>
      handlersOf(state, 'Retry').flatMap((handler) =>
        when(
          handler.value('MaxAttempts').isNot(0),
          ...handler.value('ErrorEquals').elements.map((error) => error.isNot(...LASTING)),
        ),
      ),
    ),
  passes: [
    machineWith({ ...TASK, Retry: [{ ErrorEquals: ['GKE.Evicted'] }] }),
    machineWith({ ...TASK, Retry: [{ ErrorEquals: ['GKE.OOMKilled'], MaxAttempts: 0 }] }),
  ],
  fails: [machineWith({ ...TASK, Retry: [{ ErrorEquals: ['GKE.OOMKilled', 'GKE.Evicted'] }] })],
});
