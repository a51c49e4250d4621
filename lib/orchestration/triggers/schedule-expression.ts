/*
 * Schedules of EventBridge Scheduler. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */

const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** One field of a cron expression. */
interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, from `min` on. */
  readonly names?: readonly string[];
  /** Further values that only this field accepts. */
  readonly special?: RegExp;
}

const FIELDS: readonly Field[] = [
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31, special: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 1, max: 7, names: DAYS, special: /^(\?|L|([1-7]|[A-Z]{3})(L|#[1-5]))$/ },
  { name: 'year', min: 1970, max: 2199 },
];

/** Whether a text is a time without a time zone. */
export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** Returns the problem of a schedule as the remedy, or undefined if it is valid. */
export function scheduleProblem(text: string): string | undefined {
  const [, kind, inner = ''] = /^(cron|rate|at)\((.+)\)$/.exec(text) ?? [];
  if (kind === 'at') return isTime(inner) ? undefined : 'Write the time as 2027-01-31T03:00:00.';
  if (kind === 'rate') {
    return /^([1-9]\d*) (minute|hour|day)s?$/.test(inner) ? undefined : 'Write a rate as rate(6 hours).';
  }
  if (kind === 'cron') return cronProblem(inner.split(' '));
  return /^(\S+ ){4}\S+$/.test(text)
    ? 'This is a Unix cron expression: write cron(…) around it, "?" for one of the days, and a year at the end.'
    : 'Use one of the three forms.';
}

function cronProblem(values: readonly string[]): string | undefined {
  if (values.length !== FIELDS.length)
    return `Write ${FIELDS.length} fields in cron(…), separated by one space.`;
  const wrong = FIELDS.findIndex((field, index) => !isField(field, values[index] ?? ''));
  const field = FIELDS[wrong];
  if (field) return `The ${field.name} must be from ${field.min} to ${field.max}.`;
  const isOpen = (index: number) => values[index] === '?';
  return isOpen(2) === isOpen(4) ? 'Write "?" for exactly one of the two days.' : undefined;
}

function isField(field: Field, text: string): boolean {
  return text.split(',').every((part) => isPart(field, part));
}

/** A value, a range `1-5` or steps `0/15`. */
function isPart(field: Field, part: string): boolean {
  if (part === '*' || field.special?.test(part) === true) return true;
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return step !== undefined;
  const [from = '', to, ...rest] = range.split('-');
  return rest.length === 0 && [from, ...(to === undefined ? [] : [to])].every((each) => isValue(field, each));
}

function isValue({ min, max, names }: Field, text: string): boolean {
  if (names?.includes(text) === true) return true;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max;
}
