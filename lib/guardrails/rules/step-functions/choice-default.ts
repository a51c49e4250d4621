import { rule } from '../../rule';
import { every, fail, when } from '../../verdict';
import { isOf, machineWith, ofEachState } from './definition';

const choice = (rest: object) =>
  machineWith({
    Type: 'Choice',
    End: undefined,
    Choices: [{ Variable: '$.ok', BooleanEquals: true, Next: 'Load' }],
    ...rest,
  });

/** Choices that no input may match. */
export const choiceDefault = rule('aws_sfn_state_machine', {
  id: 'SFN012',
  title: 'Choice without a default',
  severity: 'warning',
  why: 'An input that no rule matches ends the execution with States.NoChoiceMatched, past every Catch.',
  fix: 'Set Default to a state that starts nothing.',
  controls: ['SOC 2 PI1.3'],
  check: (machine) =>
    ofEachState(machine, (state) => {
      const { name, subject } = state;
      return when(
        every(isOf(state, 'Choice'), subject.value('Default').isNotSet()),
        fail(`The Choice "${name}" has no Default.`, { property: subject.self.property, detail: name }),
      );
    }),
  passes: [choice({ Default: 'Load' })],
  fails: [choice({})],
});
