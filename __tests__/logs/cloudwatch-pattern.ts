/*
 * Filter patterns of CloudWatch Logs for JSON events: the comparisons, tests and operators that the library uses and
 * those of the documented examples.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */

type Condition = (event: unknown) => boolean;

const TOKEN =
  /\s*(&&|\|\||[()]|NOT EXISTS|EXISTS|IS NULL|IS TRUE|IS FALSE|!=|<=|>=|=|<|>|\$[^\s()=!<>]+|"(?:[^"\\]|\\.)*"|[^\s()=!<>&|]+)/y;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new SyntaxError(`The pattern has no token at ${text.slice(at)}`);
    tokens.push(token);
  }
  return tokens;
}

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
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  public whole(): Condition {
    const condition = this.any();
    if (this.position < this.tokens.length) {
      throw new SyntaxError(`The pattern continues with ${this.tokens[this.position]}`);
    }
    return condition;
  }

  private any(): Condition {
    const conditions = [this.all()];
    while (this.accept('||')) conditions.push(this.all());
    return (event) => conditions.some((condition) => condition(event));
  }

  private all(): Condition {
    const conditions = [this.one()];
    while (this.accept('&&')) conditions.push(this.one());
    return (event) => conditions.every((condition) => condition(event));
  }

  private one(): Condition {
    if (this.accept('(')) {
      const inner = this.any();
      if (!this.accept(')')) throw new SyntaxError('The pattern lacks ")"');
      return inner;
    }
    const selector = this.next();
    if (!selector.startsWith('$')) throw new SyntaxError(`${selector} is not a selector`);
    const operator = this.next();
    const test = TESTS[operator];
    if (test) return (event) => test(valueAt(event, selector));
    const compare = COMPARISONS[operator];
    if (!compare) throw new SyntaxError(`${operator} is not an operator`);
    const operand = this.next().replace(/^"(.*)"$/s, '$1');
    return (event) => compare(valueAt(event, selector), operand);
  }

  private accept(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position += 1;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.position];
    if (token === undefined) throw new SyntaxError('The pattern ends too early');
    this.position += 1;
    return token;
  }
}

/** Whether a filter pattern matches an event. */
export function matchesPattern(pattern: string, event: unknown): boolean {
  const [, text] = /^\{(.*)\}$/s.exec(pattern.trim()) ?? [];
  if (text === undefined) throw new SyntaxError(`${pattern} is not a pattern for JSON events`);
  return new Parser(tokensOf(text)).whole()(event);
}
