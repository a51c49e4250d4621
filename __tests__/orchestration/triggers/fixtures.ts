import type { TerraformStack } from 'cdktf';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { StepFunctionsOrchestratorProps } from '../../../lib/orchestration/state-machine/step-functions-orchestrator-props';
import { byAddress, type Json } from '../../synth';
import { account } from '../fixtures';

export const ALIAS_ARN = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly:live';

export function orchestrator(
  stack: TerraformStack,
  props: Partial<StepFunctionsOrchestratorProps> = {},
): StepFunctionsOrchestrator {
  return new StepFunctionsOrchestrator(stack, props.name ?? 'nightly', {
    name: 'nightly',
    account,
    definition: new PassStep('Nothing'),
    reason: 'loads the warehouse',
    owner: 'team-data',
    ...props,
  });
}

/** What a trigger made, by address, with the JSON texts in it read. */
export function madeBy(stack: TerraformStack, id: string): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(byAddress(stack))
      .filter(([address]) => address.split('.')[1]!.startsWith(`${id}_`))
      .map(([address, value]) => [address, opened(value) as Json]),
  );
}

const TEXTS = [
  'policy',
  'assume_role_policy',
  'definition',
  'event_pattern',
  'redrive_policy',
  'input',
  'pattern',
];

function opened(value: unknown, key = ''): unknown {
  if (typeof value === 'string' && TEXTS.includes(key)) return JSON.parse(value) as unknown;
  if (Array.isArray(value)) return value.map((each) => opened(each));
  if (typeof value !== 'object' || value === null) return value;
  // What the bundle is, is not the concern of a trigger.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'source_code_hash' && name !== 'filename')
      .map(([name, each]) => [name, opened(each, name)]),
  );
}

/** Statements of all policies of roles, by the last part of the address. */
export function statements(stack: TerraformStack, id: string): Json[] {
  return Object.entries(madeBy(stack, id))
    .filter(([address]) => address.startsWith('aws_iam_role_policy.'))
    .flatMap(([, { policy }]) => (policy as unknown as { Statement: Json[] }).Statement);
}
