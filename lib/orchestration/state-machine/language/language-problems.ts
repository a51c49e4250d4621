import type { ValidationProblem } from '../../../core/errors';
import { aslProblems } from '../asl/asl-validator';
import type { StatesBlock } from '../asl/states';
import { checkExclusiveFields } from './exclusive-fields';
import { checkFieldValues } from './field-values';
import { skeletonOf } from './skeleton';
import { checkStructure, type LocatedState } from './structure';
import { checkTransitions } from './transitions';

/** Problems of a definition, and its states. */
export interface CheckedLanguage {
  readonly problems: readonly ValidationProblem[];
  /** States of the definition, with those of branches and items. Empty if the structure is not valid. */
  readonly states: readonly LocatedState[];
}

/**
 * Problems of a definition in the States Language, of any origin. The library checks names of fields, transitions, paths,
 * intrinsic functions and payload templates. The schema of `asl-validator` checks the types of the other fields.
 */
export function checkLanguage(definition: StatesBlock): CheckedLanguage {
  const problems: ValidationProblem[] = [];
  const report = (problem: ValidationProblem) => problems.push(problem);
  const structure = checkStructure(definition, report);
  if (structure === undefined) return { problems, states: [] };
  checkTransitions(structure, report);
  for (const state of structure.states) {
    checkExclusiveFields(state, report);
    checkFieldValues(state, report);
  }
  // The messages of the schema are less specific, so the schema is the last check.
  if (problems.length === 0) problems.push(...aslProblems(skeletonOf(definition)));
  return { problems, states: structure.states };
}
