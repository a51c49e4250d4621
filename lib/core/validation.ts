import type { Construct } from 'constructs';
import { ValidationError, type ValidationProblem } from './errors';
import { shape, type Report, type Rule, type Shape } from './rules';

/**
 * Validates the props of a construct and throws all problems in one `ValidationError`.
 * Called first in a constructor: when it throws, the construct is out of the tree again.
 *
 * @param rules one rule for each property
 * @param contradictions rules between properties; they see the props as given, well-formed or not
 */
export function validate<P extends object>(
  construct: Construct,
  props: P,
  rules: Shape<P>,
  contradictions?: (props: P, report: Report) => void,
): void {
  const problems: ValidationProblem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const isObject = typeof props === 'object' && props !== null && !Array.isArray(props);
  shapeOf(rules)(props, isObject ? '' : 'props', report);
  try {
    contradictions?.(props, report);
  } catch (error) {
    // Between malformed values a comparison may stumble; what is malformed has been reported above.
    if (problems.length === 0) throw error;
  }
  if (problems.length === 0) return;
  const path = pathOf(construct);
  construct.node.scope?.node.tryRemoveChild(construct.node.id);
  throw new ValidationError(path, problems);
}

// A class has one set of rules and many constructs.
const shapes = new WeakMap<object, Rule>();

function shapeOf<P>(rules: Shape<P>): Rule {
  let found = shapes.get(rules);
  if (!found) shapes.set(rules, (found = shape(rules)));
  return found;
}

/** Problems of one value by a rule. */
export function problemsOf(rule: Rule, value: unknown, property: string): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  rule(value, property, (problem) => problems.push(problem));
  return problems;
}

/** Throws a problem with a call on a construct that stays as it was. */
export function refuse(construct: Construct, problem: ValidationProblem): never {
  throw new ValidationError(pathOf(construct), [problem]);
}

function pathOf(construct: Construct): string {
  return construct.node.path || construct.node.id;
}
