import type { StepFunctionsOrchestratorProps } from './step-functions-orchestrator-props';
import { StateMachineDefinition } from './state-machine-definition';

/**
 * Derives the account of an orchestrator from the functions that its definition invokes: all have one account. The
 * result has the definition that was built for that, so that it is built once.
 */
export function withFunctionAccount(given: StepFunctionsOrchestratorProps): StepFunctionsOrchestratorProps {
  if (typeof given !== 'object' || given === null || given.account !== undefined) return given;
  try {
    const definition = definitionOf(given.definition);
    const account = definition.requirements.functions[0]?.account;
    return account === undefined ? { ...given, definition } : { ...given, definition, account };
  } catch {
    // The validation of the orchestrator reports an invalid definition, together with all other problems.
    return given;
  }
}

/** The definition that was given, or that steps make. */
export function definitionOf(given: StepFunctionsOrchestratorProps['definition']): StateMachineDefinition {
  return given instanceof StateMachineDefinition ? given : StateMachineDefinition.fromSteps(given);
}
