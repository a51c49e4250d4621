import { TerraformVariable, Token, type TerraformStack } from 'cdktf';
import { resolveTokens } from '../../../lib/core/names';
import { terraformJson } from '../../../lib/core/terraform-json';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { ApprovalStep } from '../../../lib/orchestration/state-machine/steps/approval-step';
import { LambdaStep, type LambdaStepProps } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import type { IChainable } from '../../../lib/orchestration/state-machine/step';
import { refusal } from '../../synth';
import { IMAGE, orchestrationStack, target } from '../fixtures';

const variable = (stack: TerraformStack, type: string) => new TerraformVariable(stack, 'v', { type });
const text = (stack: TerraformStack) => variable(stack, 'string').stringValue;
const list = (stack: TerraformStack) => variable(stack, 'list(string)').listValue;
const map = (stack: TerraformStack) => Token.asStringMap(variable(stack, 'map(string)').value);
const call = (props: Partial<LambdaStepProps>) =>
  new LambdaStep('L', { functionArn: 'arn:aws:lambda:eu-west-1:210987654321:function:f:live', ...props });
const job = (stack: TerraformStack, props: object) =>
  new GkeJobStep('J', { target: target(stack), image: IMAGE, ...props });
const approval = (props: object) =>
  new ApprovalStep('A', {
    topicArn: 'arn:aws:sns:eu-west-1:210987654321:approvals',
    question: 'Continue?',
    timeoutSeconds: 60,
    ...props,
  });

test.each<[string, (stack: TerraformStack) => IChainable]>([
  ['a list of arguments', (stack) => job(stack, { args: list(stack) })],
  ['a variable of a Job', (stack) => job(stack, { environment: { WHO: text(stack) } })],
  ['a list in a payload', (stack) => call({ payload: { items: list(stack) } })],
  ['an object as a payload', (stack) => call({ payload: map(stack) })],
  ['an object in a payload', (stack) => call({ payload: { a: { b: map(stack) } } })],
  ['a resolvable in a payload', (stack) => call({ payload: { a: variable(stack, 'any').value } })],
  ['a key of a payload', (stack) => call({ payload: { [text(stack)]: 1 } })],
  ['a path', (stack) => call({ resultPath: text(stack) })],
])('keeps the reference of a token as %s', (_, make) => {
  const stack = orchestrationStack();
  const { states } = StateMachineDefinition.fromSteps(make(stack));
  const resolved = JSON.stringify(resolveTokens(stack, [terraformJson(states)]));
  expect(resolved).toContain('var.v');
  expect(resolved).not.toContain('TfToken');
});

const KNOWN = 'must be known at synth (got "a token"). Pass a plain value instead of a token.';
const SINGLE = '(got "a token"). Pass single values instead of a token.';

test.each<[string, (stack: TerraformStack) => unknown, string]>([
  ['a name', (stack) => new PassStep(text(stack)), `name ${KNOWN}`],
  ['an environment', (stack) => job(stack, { environment: map(stack) }), `environment ${KNOWN}`],
  [
    'a node selector',
    (stack) => job(stack, { nodeSelector: map(stack) }),
    `nodeSelector must be known at synth ${SINGLE}`,
  ],
  [
    'a list beside other items',
    (stack) => call({ payload: { items: ['a', ...list(stack)] } }),
    `payload.items must not combine a token with other items ${SINGLE}`,
  ],
  [
    'an object beside other keys',
    (stack) => call({ payload: { a: 1, ...map(stack) } }),
    `payload must not combine a token with other items ${SINGLE}`,
  ],
  ['an error name', (stack) => call({}).catch(text(stack), new PassStep('P')), `errors[0] ${KNOWN}`],
  ['a question', (stack) => approval({ question: text(stack) }), `question ${KNOWN}`],
])('rejects a token as %s', (_, make, message) => {
  expect(refusal(() => make(orchestrationStack())).message).toContain(message);
});
