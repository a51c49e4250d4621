import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import type { States } from '../../../../lib/orchestration/state-machine/asl/states';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';

export const statesOf = (chain: IChainable) => StateMachineDefinition.fromSteps(chain).states.States;

export const branchOf = (states: States, name: string) =>
  (states[name]!.Branches as { StartAt: string; States: States }[])[0]!;
