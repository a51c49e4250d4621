import { rule } from '../../rule';
import { every, fail, isUnknown, when } from '../../verdict';
import { compared, definitionOf, isOf, machineWith, TASK } from './definition';

/** Machines without a limit of their run time. */
export const machineTimeout = rule('aws_sfn_state_machine', {
  id: 'SFN002',
  title: 'State machine without a time-out, or with one shorter than that of a Task',
  severity: 'error',
  why: 'An execution that hangs runs for a year; one that times out first ends past every Catch.',
  fix: 'Set TimeoutSeconds of the machine above the time-outs of its Tasks.',
  controls: ['SOC 2 A1.1'],
  check: (machine) => {
    const definition = definitionOf(machine);
    if (isUnknown(definition)) return definition;
    const limit = definition.root.value('TimeoutSeconds');
    // An Express machine ends after five minutes.
    const isStandard = machine.value('type').or('STANDARD').isNot('EXPRESS');
    if (!limit.isPresent) {
      return when(isStandard, fail('The machine has no TimeoutSeconds.', { property: 'definition' }));
    }
    const isShorter = definition.states.flatMap((state) =>
      when(
        every(
          isOf(state, 'Task'),
          compared(state.subject.value('TimeoutSeconds'), limit, (seconds, most) => seconds > most),
        ),
        fail(`The Task "${state.name}" has a longer TimeoutSeconds than the machine (${limit.text}).`, {
          property: state.subject.self.property,
          detail: state.name,
        }),
      ),
    );
    return when(isStandard, ...isShorter);
  },
  passes: [machineWith(TASK), { ...machineWith(TASK, { TimeoutSeconds: undefined }), type: 'EXPRESS' }],
  fails: [machineWith(TASK, { TimeoutSeconds: undefined }), machineWith(TASK, { TimeoutSeconds: 30 })],
});
