import { isComputed } from '../../../model/values/value';
import type { CheckedValue } from '../../checked-value';
import { rule } from '../../rule';
import { pass, when, type Verdict } from '../../verdict';
import { argumentOf, isOf, machineWith, ofEachState, TASK, type State } from './definition';

const UNQUALIFIED = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+$/;
const QUALIFIED = /^arn:[^:]*:lambda:[^:]*:[^:]*:function:[^:]+:(?!\$LATEST$).+$/;

/** Tasks that call the latest code of a function. */
export const functionAlias = rule('aws_sfn_state_machine', {
  id: 'SFN009',
  title: 'Function without a version or an alias',
  severity: 'warning',
  why: 'An execution that runs for days meets another version of the function in the middle.',
  fix: 'Name an alias: arn:…:function:NAME:ALIAS.',
  controls: ['SOC 2 CC8.1'],
  check: (machine) => ofEachState(machine, (state) => when(isOf(state, 'Task'), calledFunction(state))),
  passes: [machineWith(TASK), machineWith({ ...TASK, Resource: TASK.Parameters.FunctionName })],
  fails: [
    machineWith({
      ...TASK,
      Parameters: { FunctionName: 'arn:aws:lambda:eu-west-1:123456789012:function:load' },
    }),
    machineWith({ ...TASK, Resource: 'arn:aws:lambda:eu-west-1:123456789012:function:load:$LATEST' }),
    machineWith({ ...TASK, Parameters: { FunctionName: '${aws_lambda_function.load.arn}' } }),
  ],
});

function calledFunction(state: State): Verdict {
  const resource = state.subject.value('Resource');
  if (/:lambda:invoke(\.waitForTaskToken)?$/.test(resource.outline)) {
    return verdictOf(argumentOf(state, 'FunctionName'));
  }
  return /:lambda:.*:function:|^…$/.test(resource.outline) ? verdictOf(resource) : pass;
}

function verdictOf(name: CheckedValue): Verdict {
  const { value: given, outline } = name;
  // A reference within a JSON text is a template of one part.
  const value =
    isComputed(given) && given.$kind === 'template' && given.parts.length === 1 ? given.parts[0] : given;
  if (isComputed(value) && value.$kind === 'reference') {
    if (value.address.includes('aws_lambda_alias.') || value.attribute === 'qualified_arn') return pass;
    if (/(^|\.)aws_lambda_function\./.test(value.address)) return name.must('name a version or an alias');
    return name.unknown();
  }
  if (QUALIFIED.test(outline)) return pass;
  if (UNQUALIFIED.test(outline) || outline.endsWith(':$LATEST'))
    return name.must('name a version or an alias');
  // A name chosen at run time, or a function by its bare name.
  return outline.startsWith('$') || outline.includes('…')
    ? name.unknown()
    : name.must('name a version or an alias');
}
