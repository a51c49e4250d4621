import type { Construct } from 'constructs';
import { mixedCores } from './core-package';
import { ValidationError, type ValidationProblem } from './errors';
import { inherit, INHERITED_PROPS, type WithInherited } from './inherited';
import { isObject } from './is-object';
import { shape, type Report, type Rule, type Shape } from './rules';

/**
 * Fills props from `Defaults`, validates them and throws all problems in one `ValidationError`. A constructor calls it
 * first. When it throws, the construct is no longer in the tree.
 *
 * @param given props of the user
 * @param rules one rule for each property
 * @param contradictions rules between properties; they get the props as they are, valid or not
 * @returns the props with inherited values
 */
export function validate<P extends object>(
  construct: Construct,
  given: P,
  rules: Shape<P>,
  contradictions?: (props: WithInherited<P>, report: Report) => void,
): WithInherited<P> {
  const mixed = mixedCores(construct);
  if (mixed) throw withoutConstruct(construct, [mixed]);
  const problems: ValidationProblem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const props = isObject(given) ? inherit(construct, given, Object.keys(rules), report) : given;
  shapeOf(rules)(props, isObject(given) ? '' : 'props', (problem) => report(withPlaces(problem)));
  try {
    contradictions?.(props as WithInherited<P>, report);
  } catch (error) {
    // Invalid values can break a comparison. They are reported above.
    if (problems.length === 0) throw error;
  }
  if (problems.length === 0) return props as WithInherited<P>;
  throw withoutConstruct(construct, problems);
}

/** Error for a construct, which is removed from the tree. */
function withoutConstruct(construct: Construct, problems: readonly ValidationProblem[]): ValidationError {
  const path = pathOf(construct);
  construct.node.scope?.node.tryRemoveChild(construct.node.id);
  return new ValidationError(path, problems);
}

/** The remedy for a missing prop that can be inherited names both places. */
function withPlaces(problem: ValidationProblem): ValidationProblem {
  const isInherited = (INHERITED_PROPS as readonly string[]).includes(problem.property);
  if (problem.value !== undefined || !isInherited) return problem;
  return { ...problem, rule: 'be set', fix: 'Set it here or with Defaults.of(scope).' };
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
