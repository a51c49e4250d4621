import { isCalendarDay } from '../../../../core/calendar-day';
import type { Expression } from './expression';

/** RFC 3339 with milliseconds at most, so that a number of JavaScript is exact. */
const TIME =
  /^(\d{4}-\d\d-\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/** Milliseconds of `timestamp("…")`; undefined for another expression. */
export function timeOf(expression: Expression): number | undefined {
  if (expression.kind !== 'call' || expression.of || expression.name !== 'timestamp') return undefined;
  const [argument] = expression.args;
  if (expression.args.length !== 1 || argument?.kind !== 'text') return undefined;
  const day = TIME.exec(argument.value)?.[1];
  return day !== undefined && isCalendarDay(day) ? Date.parse(argument.value) : undefined;
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
