/*
 * Filter patterns of CloudWatch Logs for JSON events: the comparisons, tests and operators that the library uses and
 * those of the documented examples.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */

import { Tokens } from './tokens';

type Condition = (event: unknown) => boolean;

const TOKEN =
  /\s*(&&|\|\||[()]|NOT EXISTS|EXISTS|IS NULL|IS TRUE|IS FALSE|!=|<=|>=|=|<|>|\$[^\s()=!<>]+|"(?:[^"\\]|\\.)*"|[^\s()=!<>&|]+)/y;

/** Value at a selector such as `$.users[0].email`; `undefined` if a part is missing. */
function valueAt(event: unknown, selector: string): unknown {
  const parts = [...selector.slice(1).matchAll(/\.?([^.[\]]+)|\[(\d+)\]/g)].map(
    ([, name, index]) => name ?? index ?? '',
  );
  return parts.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[part] : undefined,
    event,
  );
}

/** Comparison of texts is case-sensitive, and "*" stands for any characters. */
function isLike(value: unknown, pattern: string): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 's').test(String(value));
}

const TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  EXISTS: (value) => value !== undefined,
  'NOT EXISTS': (value) => value === undefined,
  'IS NULL': (value) => value === null,
  'IS TRUE': (value) => value === true,
  'IS FALSE': (value) => value === false,
};

/** A comparison with a field that the event does not have is false. */
const COMPARISONS: Readonly<Record<string, (value: unknown, operand: string) => boolean>> = {
  '=': isLike,
  '!=': (value, operand) => value !== undefined && !isLike(value, operand),
  '<': (value, operand) => typeof value === 'number' && value < Number(operand),
  '>': (value, operand) => typeof value === 'number' && value > Number(operand),
  '<=': (value, operand) => typeof value === 'number' && value <= Number(operand),
  '>=': (value, operand) => typeof value === 'number' && value >= Number(operand),
};

class Parser {
  constructor(private readonly tokens: Tokens) {}

  public whole(): Condition {
    const condition = this.any();
    this.tokens.end();
    return condition;
  }

  private any(): Condition {
    const conditions = [this.all()];
    while (this.tokens.accept('||')) conditions.push(this.all());
    return (event) => conditions.some((condition) => condition(event));
  }

  private all(): Condition {
    const conditions = [this.one()];
    while (this.tokens.accept('&&')) conditions.push(this.one());
    return (event) => conditions.every((condition) => condition(event));
  }

  private one(): Condition {
    if (this.tokens.accept('(')) {
      const inner = this.any();
      if (!this.tokens.accept(')')) throw new SyntaxError('The pattern lacks ")"');
      return inner;
    }
    const selector = this.tokens.next();
    if (!selector.startsWith('$')) throw new SyntaxError(`${selector} is not a selector`);
    const operator = this.tokens.next();
    const test = TESTS[operator];
    if (test) return (event) => test(valueAt(event, selector));
    const compare = COMPARISONS[operator];
    if (!compare) throw new SyntaxError(`${operator} is not an operator`);
    const operand = this.tokens.next().replace(/^"(.*)"$/s, '$1');
    return (event) => compare(valueAt(event, selector), operand);
  }
}

/** Whether a filter pattern matches an event. */
export function matchesPattern(pattern: string, event: unknown): boolean {
  const [, text] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  if (text === undefined) throw new SyntaxError(`${pattern} is not a pattern for JSON events`);
  return new Parser(new Tokens(text, TOKEN, 'pattern')).whole()(event);
}
