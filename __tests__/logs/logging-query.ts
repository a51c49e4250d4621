/*
 * The query language of Cloud Logging: comparisons, regular expressions, `log_id` and the operators NOT, OR, AND.
 * https://cloud.google.com/logging/docs/view/logging-query-language
 */

import { Tokens } from './tokens';

type Condition = (entry: unknown) => boolean;

const TOKEN =
  /\s*(=~|!~|!=|<=|>=|=|<|>|:|[()]|log_id\("[^"]*"\)|-(?=[\w("])|[\w-]+(?:\.(?:[\w-]+|"[^"]*"))*|"(?:[^"\\]|\\.)*"|\*)/y;

/** All values at a path. A repeated field is compared with each of its values. */
function valuesAt(entry: unknown, path: string): unknown[] {
  const parts = [...path.matchAll(/"([^"]*)"|([^."]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  let found: unknown[] = [entry];
  for (const part of parts) {
    found = found.flat().flatMap((each) => {
      if (typeof each !== 'object' || each === null) return [];
      const value = (each as Record<string, unknown>)[part];
      return value === undefined || value === null ? [] : [value];
    });
  }
  return found.flat();
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);
const lower = (value: unknown) => textOf(value).toLowerCase();

/** Comparisons of texts ignore case; regular expressions do not, and match a part. */
const COMPARISONS: Readonly<Record<string, (value: unknown, operand: string) => boolean>> = {
  '=': (value, operand) => lower(value) === operand.toLowerCase(),
  '!=': (value, operand) => lower(value) !== operand.toLowerCase(),
  ':': (value, operand) => operand === '*' || lower(value).includes(operand.toLowerCase()),
  '=~': (value, operand) => new RegExp(operand).test(textOf(value)),
  '!~': (value, operand) => !new RegExp(operand).test(textOf(value)),
  '<': (value, operand) => Number(value) < Number(operand),
  '>': (value, operand) => Number(value) > Number(operand),
  '<=': (value, operand) => Number(value) <= Number(operand),
  '>=': (value, operand) => Number(value) >= Number(operand),
};

class Parser {
  constructor(private readonly tokens: Tokens) {}

  public whole(): Condition {
    const condition = this.all();
    this.tokens.end();
    return condition;
  }

  /** OR binds more tightly than AND. Two comparisons without an operator are joined by AND. */
  private all(): Condition {
    const conditions = [this.any()];
    while (this.tokens.ahead !== undefined && this.tokens.ahead !== ')') {
      this.tokens.accept('AND');
      conditions.push(this.any());
    }
    return (entry) => conditions.every((condition) => condition(entry));
  }

  private any(): Condition {
    const conditions = [this.negated()];
    while (this.tokens.accept('OR')) conditions.push(this.negated());
    return (entry) => conditions.some((condition) => condition(entry));
  }

  private negated(): Condition {
    if (!this.tokens.accept('NOT') && !this.tokens.accept('-')) return this.one();
    const condition = this.one();
    return (entry) => !condition(entry);
  }

  private one(): Condition {
    if (this.tokens.accept('(')) {
      const inner = this.all();
      if (!this.tokens.accept(')')) throw new SyntaxError('The query lacks ")"');
      return inner;
    }
    const field = this.tokens.next();
    const [, logId] = /^log_id\("([^"]*)"\)$/.exec(field) ?? [];
    if (logId !== undefined) {
      const end = `/logs/${encodeURIComponent(logId)}`;
      return (entry) => valuesAt(entry, 'logName').some((name) => textOf(name).endsWith(end));
    }
    const operator = this.tokens.next();
    const compare = COMPARISONS[operator];
    if (!compare) throw new SyntaxError(`${operator} is not an operator`);
    const operand = this.tokens
      .next()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('\\"', '"');
    // A comparison with a missing field is false.
    return (entry) => valuesAt(entry, field).some((value) => compare(value, operand));
  }
}

/** Whether a query matches a log entry. */
export function matchesQuery(query: string, entry: unknown): boolean {
  return new Parser(new Tokens(query, TOKEN, 'query')).whole()(entry);
}
