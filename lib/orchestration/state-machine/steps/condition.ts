import { ValidationError } from '../../../core/errors';
import { jsonTokens } from '../../../core/json-tokens';
import { knownAtSynth, list, literalText, rule, type Rule } from '../../../core/rules';
import { problemsOf } from '../../../core/validation';
import { referencePath } from '../paths';
import type { State } from '../asl/states';

/**
 * A question about the input of a `ChoiceStep`: `StepCondition.greaterThan('$.rows', 0)`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html
 */
export class StepCondition {
  /** @param expression a rule of a Choice state without its `Next`, for a rule without a method below */
  constructor(private readonly expression: State) {}

  /** True if the string, number or boolean at a path equals the value. */
  public static equals(path: string, value: string | number | boolean): StepCondition {
    const types = { string: 'StringEquals', number: 'NumericEquals', boolean: 'BooleanEquals' } as const;
    const comparison = types[typeof value as keyof typeof types];
    if (comparison === undefined) malformed('value', value, 'be a text, a number, or true or false');
    checked(jsonTokens, value, 'value');
    return compare(path, comparison, value);
  }

  /** True if the string at a path matches a pattern, in which `*` matches any characters. */
  public static matches(path: string, pattern: string): StepCondition {
    checked(literalText, pattern, 'pattern');
    return compare(path, 'StringMatches', pattern);
  }

  /** The number at a path is greater. */
  public static greaterThan(path: string, value: number): StepCondition {
    return compare(path, 'NumericGreaterThan', finite(value));
  }

  /** The number at a path is greater or the same. */
  public static atLeast(path: string, value: number): StepCondition {
    return compare(path, 'NumericGreaterThanEquals', finite(value));
  }

  /** The number at a path is less. */
  public static lessThan(path: string, value: number): StepCondition {
    return compare(path, 'NumericLessThan', finite(value));
  }

  /** The number at a path is less or the same. */
  public static atMost(path: string, value: number): StepCondition {
    return compare(path, 'NumericLessThanEquals', finite(value));
  }

  /** There is something at a path, be it null. */
  public static isPresent(path: string): StepCondition {
    return compare(path, 'IsPresent', true);
  }

  /** There is a number at a path. */
  public static isNumeric(path: string): StepCondition {
    return compare(path, 'IsNumeric', true);
  }

  /** All of them hold. */
  public static and(...conditions: readonly StepCondition[]): StepCondition {
    return new StepCondition({ And: several(conditions) });
  }

  /** One of them holds, or more. */
  public static or(...conditions: readonly StepCondition[]): StepCondition {
    return new StepCondition({ Or: several(conditions) });
  }

  /** It does not hold. */
  public static not(condition: StepCondition): StepCondition {
    return new StepCondition({ Not: condition.expression });
  }

  /** The rule of a Choice state, but for where it leads to. */
  public toState(): State {
    return this.expression;
  }
}

function checked(rule: Rule, value: unknown, property: string): void {
  const problems = problemsOf(rule, value, property);
  if (problems.length > 0) throw new ValidationError('Condition', problems);
}

function compare(path: string, comparison: string, value: unknown): StepCondition {
  checked(referencePath, path, 'path');
  return new StepCondition({ Variable: path, [comparison]: value });
}

const finiteNumber = rule('be a number', (value) => Number.isFinite(value));

function finite(value: number): number {
  checked(finiteNumber, value, 'value');
  return value;
}

const severalConditions = list(
  knownAtSynth(
    rule(
      'be a condition, for example StepCondition.greaterThan("$.rows", 0)',
      (value) => value instanceof StepCondition,
    ),
  ),
  { min: 2 },
);

function several(conditions: readonly StepCondition[]): State[] {
  checked(severalConditions, conditions, 'conditions');
  return conditions.map((each) => each.toState());
}

function malformed(property: string, value: unknown, rule: string): never {
  throw new ValidationError('Condition', [{ property, value, rule }]);
}
