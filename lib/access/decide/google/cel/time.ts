import type { Expression } from './expression';

/** RFC 3339 with milliseconds at most, so that a number of JavaScript is exact. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?(?:Z|[+-]\d\d:\d\d)$/;

/** Milliseconds of `timestamp("…")`; undefined for another expression. */
export function timeOf(expression: Expression): number | undefined {
  if (expression.kind !== 'call' || expression.of || expression.name !== 'timestamp') return undefined;
  const [argument] = expression.args;
  if (expression.args.length !== 1 || argument?.kind !== 'text' || !TIME.test(argument.value))
    return undefined;
  const time = Date.parse(argument.value);
  return Number.isNaN(time) ? undefined : time;
}

export function compareTimes(left: number, operator: string, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return left === right;
    default:
      return left !== right;
  }
}
