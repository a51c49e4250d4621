import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import type { State, States, StatesBlock } from '../../../../lib/orchestration/state-machine/asl/states';
import { refusal } from '../../../synth';

export const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:count:live';
export const statesOf = (chain: IChainable) => StateMachineDefinition.fromSteps(chain).states;
export const message = (action: () => unknown) => refusal(action).message;

/** States of the one branch of a Parallel. */
export function innerStates(state: State | undefined): States {
  const [branch] = (state?.Branches ?? []) as StatesBlock[];
  return branch!.States;
}
