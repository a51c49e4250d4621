import { Undecided } from '../../relation';
import { atomAlternatives } from './atoms';
import type { Expression } from './expression';
import type { Alternatives, CelTable } from './literals';

const MAX_REGIONS = 500;

function checkCount(count: number): void {
  if (count > MAX_REGIONS) throw new Undecided('The condition has too many alternatives.');
}

/**
 * Requests for which an expression has a result. A request can give neither result: an error. CEL absorbs an error
 * where the other operand decides: `false && error` is false, and `true || error` is true, in either order:
 * https://github.com/google/cel-spec/blob/master/doc/langdef.md#logical-operators
 */
export function alternativesOf(table: CelTable, expression: Expression, result: boolean): Alternatives {
  if (expression.kind === 'boolean') return expression.value === result ? [[]] : [];
  if (expression.kind === 'unary' && expression.operator === '!') {
    return alternativesOf(table, expression.operand, !result);
  }
  if (expression.kind === 'binary' && ['&&', '||'].includes(expression.operator)) {
    const left = alternativesOf(table, expression.left, result);
    const right = alternativesOf(table, expression.right, result);
    const isUnion = (expression.operator === '||') === result;
    checkCount(isUnion ? left.length + right.length : left.length * right.length);
    if (isUnion) return [...left, ...right];
    return left.flatMap((first) => right.map((second) => [...first, ...second]));
  }
  return atomAlternatives(table, expression, result);
}
