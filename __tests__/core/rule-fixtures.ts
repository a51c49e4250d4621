import { type ValidationProblem } from '../../lib/core/errors';
import { type Rule } from '../../lib/core/rules';

export function judge(by: Rule, value: unknown): ValidationProblem[] {
  const found: ValidationProblem[] = [];
  by(value, 'value', (problem) => found.push(problem));
  return found;
}
