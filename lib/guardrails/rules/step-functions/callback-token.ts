import { expressionText } from '../../../model/values/value-text';
import { rule } from '../../rule';
import { any, fail, when } from '../../verdict';
import { endsWith, machineWith, ofEachState, TASK } from './definition';

/** The token in the language of JSONPath, and in that of JSONata. */
const TOKEN = /\$\$\.Task\.Token|\$states\.context\.Task\.Token/;
const CALLBACK = { ...TASK, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' };

/** Tasks that wait for a token that no caller has. */
export const callbackToken = rule('aws_sfn_state_machine', {
  id: 'SFN004',
  title: 'Task that waits for a token which it does not pass on',
  severity: 'error',
  why: 'No caller can answer the Task, so that it ends with its time-out.',
  fix: 'Pass $$.Task.Token in Parameters, or $states.context.Task.Token in Arguments.',
  check: (machine) =>
    ofEachState(machine, ({ name, subject }) => {
      const waits = endsWith(subject.value('Resource'), '.waitForTaskToken');
      if (waits.verdict === 'fail') return [];
      const passesToken = ['Parameters', 'Arguments'].map((argument) => {
        const given = subject.value(argument);
        return given.meets(() => TOKEN.test(expressionText(given.value)));
      });
      return when(
        waits,
        any(
          fail(`The Task "${name}" does not pass its token on.`, {
            property: subject.self.property,
            detail: name,
          }),
          ...passesToken,
        ),
      );
    }),
  passes: [
    machineWith({ ...CALLBACK, Parameters: { ...TASK.Parameters, Payload: { 'token.$': '$$.Task.Token' } } }),
    machineWith(TASK),
  ],
  fails: [machineWith(CALLBACK)],
});
