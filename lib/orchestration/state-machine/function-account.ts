import type { StepFunctionsOrchestratorProps } from './step-functions-orchestrator-props';
import { StateMachineDefinition } from './state-machine-definition';

/** Derives the account of an orchestrator from the functions that its definition invokes: all have one account. */
export function withFunctionAccount(given: StepFunctionsOrchestratorProps): StepFunctionsOrchestratorProps {
  if (typeof given !== 'object' || given === null || given.account !== undefined) return given;
  const account = accountOf(given);
  return account === undefined ? given : { ...given, account };
}

function accountOf({ definition }: StepFunctionsOrchestratorProps) {
  try {
    const { requirements } =
      definition instanceof StateMachineDefinition
        ? definition
        : StateMachineDefinition.fromSteps(definition);
    return requirements.functions[0]?.account;
  } catch {
    // The validation of the orchestrator reports an invalid definition, together with all other problems.
    return undefined;
  }
}
