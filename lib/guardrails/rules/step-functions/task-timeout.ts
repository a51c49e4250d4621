import { rule } from '../../rule';
import { every, fail, when } from '../../verdict';
import { isOf, machineWith, ofEachState, TASK } from './definition';

/** Tasks that wait for ever. */
export const taskTimeout = rule('aws_sfn_state_machine', {
  id: 'SFN001',
  title: 'Task without a time-out',
  severity: 'error',
  why: 'A call without an answer holds the execution until the machine ends, for a year by default.',
  fix: 'Set TimeoutSeconds or TimeoutSecondsPath.',
  controls: ['SOC 2 A1.1'],
  check: (machine) =>
    ofEachState(machine, (state) => {
      const { name, subject } = state;
      return when(
        every(
          isOf(state, 'Task'),
          subject.value('TimeoutSeconds').isNotSet(),
          subject.value('TimeoutSecondsPath').isNotSet(),
        ),
        fail(`The Task "${name}" has no TimeoutSeconds.`, { property: subject.self.property, detail: name }),
      );
    }),
  passes: [machineWith(TASK), machineWith({ Type: 'Pass' })],
  fails: [
    machineWith({ ...TASK, TimeoutSeconds: undefined }),
    machineWith({
      Type: 'Parallel',
      Branches: [{ StartAt: 'In', States: { In: { ...TASK, End: true, TimeoutSeconds: undefined } } }],
    }),
  ],
  unknowns: [{ name: 'etl', role_arn: 'r', definition: '${var.definition}' }],
});
