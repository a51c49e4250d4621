import { ValidationError, type ValidationProblem } from '../../core/errors';
import { isObject } from '../../core/is-object';
import { shape, type Report, type Shape } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import { checkCollectionTokens } from './collection-tokens';
import type { Step } from './step';

/** Class and name of a step, for messages. A step has no construct path. */
export function titleOf(step: Step): string {
  return `${step.constructor.name} "${step.name}"`;
}

/** Throws the problems of a step, if there are any. */
export function refuseAll(step: Step, problems: readonly ValidationProblem[]): void {
  if (problems.length > 0) throw new ValidationError(titleOf(step), problems);
}

/** Validates values of a step and throws all problems. */
export function checkStep<P extends object>(
  step: Step,
  props: P,
  rules: Shape<P>,
  contradictions?: (props: P, report: Report) => void,
): void {
  const problems = problemsOf(shape(rules), props, isObject(props) ? '' : 'props');
  const report: Report = (problem) => problems.push(problem);
  // Each check relies on the success of the previous one.
  if (problems.length === 0) checkCollectionTokens(props, report);
  if (problems.length === 0) contradictions?.(props, report);
  refuseAll(step, problems);
}
