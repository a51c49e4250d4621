import type { TerraformStack } from 'cdktf';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import type { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import type { StepFunctionsOrchestratorProps } from '../../../lib/orchestration/state-machine/step-functions-orchestrator-props';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { IMAGE, orchestrationStack, target } from '../fixtures';
import { orchestrator } from '../triggers/fixtures';

export const MACHINE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly';
export const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:count:live';
export const aliasOf = (name: string) => `arn:aws:lambda:eu-west-1:210987654321:function:${name}:live`;
export const job = (etl: GkeJobTarget, name = 'Extract') =>
  new GkeJobStep(name, { target: etl, image: IMAGE });

export const machine = (stack: TerraformStack, props: Partial<StepFunctionsOrchestratorProps> = {}) => {
  orchestrator(stack, props);
  return stack;
};

export const asl = (state: object, more: object = {}) =>
  StateMachineDefinition.fromString(JSON.stringify({ StartAt: 'A', States: { A: state, ...more } }));

export const task = { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 5, End: true };
export const etl = target(orchestrationStack());
