import { expressionText } from '../../../model/values/value-text';
import { rule } from '../../rule';
import { fail } from '../../verdict';
import { definitionOf, isUnknown, machineWith, TASK } from './definition';

const CALLBACK = { ...TASK, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' };

/** Tasks that wait for a token that no caller has. */
export const callbackToken = rule('aws_sfn_state_machine', {
  id: 'SFN004',
  title: 'Task that waits for a token which it does not pass on',
  severity: 'error',
  why: 'No caller can answer the Task, so that it ends with its time-out.',
  fix: 'Pass $$.Task.Token in Parameters, or $states.context.Task.Token in Arguments.',
  check: (machine) => {
    const definition = definitionOf(machine);
    if (isUnknown(definition)) return definition;
    return definition.states
      .filter(({ subject }) => subject.value('Resource').outline.endsWith('.waitForTaskToken'))
      .filter(({ subject }) => {
        const given = ['Parameters', 'Arguments']
          .map((name) => expressionText(subject.value(name).value))
          .join(' ');
        return !/\$\$\.Task\.Token|\$states\.context\.Task\.Token/.test(given);
      })
      .map(({ name, subject }) =>
        fail(`The Task "${name}" does not pass its token on.`, {
          property: subject.self.property,
          detail: name,
        }),
      );
  },
  passes: [
    machineWith({ ...CALLBACK, Parameters: { ...TASK.Parameters, Payload: { 'token.$': '$$.Task.Token' } } }),
    machineWith(TASK),
  ],
  fails: [machineWith(CALLBACK)],
});
