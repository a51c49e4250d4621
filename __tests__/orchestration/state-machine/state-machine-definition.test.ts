import { TerraformVariable } from 'cdktf';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { StatesBlock } from '../../../lib/orchestration/state-machine/asl/states';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { testStack } from '../../synth';
import { FUNCTION, message, statesOf } from './steps/fixtures';

describe('a definition from a text', () => {
  const text = JSON.stringify({
    StartAt: 'Call',
    TimeoutSeconds: 60,
    States: { Call: { Type: 'Task', Resource: '${Function}', TimeoutSeconds: 5, End: true } },
  });

  test('has its placeholders filled in', () => {
    const { states, requirements: needs } = StateMachineDefinition.fromString(text, {
      substitutions: { Function: FUNCTION },
    });
    expect(states.States.Call!.Resource).toBe(FUNCTION);
    expect(needs.timeoutSeconds).toBe(60);
    expect(definitionProblems(states)).toEqual([]);
  });

  test.each([
    [
      () => StateMachineDefinition.fromString(text),
      'substitutions must have a value (got "Function"). The values are: none.',
    ],
    [
      () => StateMachineDefinition.fromString(text, { substitutions: { Function: FUNCTION, Other: 'x' } }),
      'substitutions["Other"] must be a placeholder of the definition (got "x").',
    ],
    [() => StateMachineDefinition.fromString('{'), 'definition must be JSON'],
    [() => StateMachineDefinition.fromString('{}'), 'must be an object with StartAt and States'],
    [
      () => StateMachineDefinition.fromFile('no-such.asl.json'),
      'path must be a readable file (ENOENT) (got "no-such.asl.json").',
    ],
  ])('%# says what is wrong with it', (action, expected) => {
    expect(message(action)).toContain(expected);
  });
});

describe('the definition is judged by more than its schema', () => {
  const one = (state: object): StatesBlock => ({ StartAt: 'A', States: { A: { ...state } } }) as StatesBlock;
  const task = { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5, End: true };
  test.each([
    [
      'a state that nothing leads to',
      { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } },
      'be reachable from StartAt',
    ],
    [
      'a transition to no state',
      { StartAt: 'A', States: { A: { Type: 'Pass', Next: 'C' } } },
      'be the name of a state',
    ],
    ['an unknown type', one({ Type: 'Nap', End: true }), 'be one of "Task", "Parallel"'],
    ['a task without a time-out', one({ ...task, TimeoutSeconds: undefined }), 'without a time-out'],
    [
      'a heartbeat that comes too late',
      one({ ...task, HeartbeatSeconds: 5 }),
      'be less than TimeoutSeconds (5)',
    ],
    [
      'States.ALL before others',
      one({ ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }),
      'have States.ALL alone, in the last entry',
    ],
    [
      'States.ALL among others',
      one({ ...task, Retry: [{ ErrorEquals: ['X', 'States.ALL'] }] }),
      'have States.ALL alone',
    ],
    [
      'a retry that cannot help',
      one({ ...task, Retry: [{ ErrorEquals: ['GKE.ImagePull'] }] }),
      'would end in the same way',
    ],
    [
      'a function without a version',
      one({ ...task, Resource: FUNCTION.replace(':live', '') }),
      'by an alias or a version',
    ],
    [
      'a function without a version in the parameters',
      one({
        ...task,
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { FunctionName: FUNCTION.replace('live', '$LATEST') },
      }),
      'by an alias or a version',
    ],
    [
      'a token that nobody gets',
      one({
        ...task,
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        Parameters: { QueueUrl: 'x' },
      }),
      'be set with the task token, which the worker needs to report the result',
    ],
    [
      'a stored secret',
      one({ ...task, Resource: 'arn:aws:states:::http:invoke' }),
      'not be an HTTP task, whose credentials EventBridge stores',
    ],
    [
      'more data than fits',
      one({ Type: 'Pass', Result: 'x'.repeat(262_144), End: true }),
      'at most 262144 bytes',
    ],
    [
      'a name that is too long',
      { StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: { Type: 'Succeed' } } },
      'have a name of at most 80 characters',
    ],
  ])('%s', (_, definition, expected) => {
    const found = definitionProblems(definition as unknown as StatesBlock);
    expect(found.length).toBeGreaterThan(0);
    expect(found.map(({ rule }) => rule).join('\n')).toContain(expected);
  });

  test('and not changed by that', () => {
    const definition = statesOf(new PassStep('One'));
    const before = JSON.stringify(definition);
    definitionProblems(definition);
    expect(JSON.stringify(definition)).toBe(before);
  });

  test('tokens pass', () => {
    const name = new TerraformVariable(testStack(), 'name', { type: 'string' }).stringValue;
    expect(definitionProblems(statesOf(new PassStep('One', { parameters: { name } })))).toEqual([]);
  });
});
