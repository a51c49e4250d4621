import type { ValidationProblem } from '../../../core/errors';
import { aslProblems } from '../asl-validator';
import type { StatesBlock } from '../states';
import { checkExclusiveFields } from './exclusive-fields';
import { checkFieldValues } from './field-values';
import { skeletonOf } from './skeleton';
import { checkStructure } from './structure';
import { checkTransitions } from './transitions';

/**
 * Problems of a definition in the States Language, of any origin. The library checks names of fields, transitions, paths,
 * intrinsic functions and payload templates. The schema of `asl-validator` checks the types of the other fields.
 */
export function languageProblems(definition: StatesBlock): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  const report = (problem: ValidationProblem) => problems.push(problem);
  const structure = checkStructure(definition, report);
  if (structure === undefined) return problems;
  checkTransitions(structure, report);
  for (const state of structure.states) {
    checkExclusiveFields(state, report);
    checkFieldValues(state, report);
  }
  // The messages of the schema are less specific, so the schema is the last check.
  return problems.length > 0 ? problems : aslProblems(skeletonOf(definition));
}
