import { rule } from '../../rule';
import { fail, when } from '../../verdict';
import { endsWith, machineWith, ofEachState, TASK } from './definition';

/** Express machines with Tasks that wait. */
export const expressCallback = rule('aws_sfn_state_machine', {
  id: 'SFN007',
  title: 'Express machine that waits for a token or a job',
  severity: 'error',
  why: 'Express machines support neither .waitForTaskToken nor .sync and end after five minutes.',
  fix: 'Use the type STANDARD.',
  check: (machine) => {
    const isExpress = machine.value('type').or('STANDARD').is('EXPRESS');
    const waits = ofEachState(machine, ({ name, subject }) =>
      when(
        endsWith(subject.value('Resource'), '.waitForTaskToken', '.sync', '.sync:2'),
        fail(`The Task "${name}" waits.`, { property: subject.self.property, detail: name }),
      ),
    );
    return when(isExpress, ...waits);
  },
  passes: [
    { ...machineWith(TASK), type: 'EXPRESS' },
    machineWith({ ...TASK, Resource: 'arn:aws:states:::ecs:runTask.sync' }),
  ],
  fails: [
    {
      ...machineWith({ ...TASK, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }),
      type: 'EXPRESS',
    },
  ],
});
