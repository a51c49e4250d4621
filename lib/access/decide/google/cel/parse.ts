import { Undecided } from '../../relation';
import type { Expression } from './expression';
import { tokenize, type Token } from './tokens';

/** Binary operators, weakest first: https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const MAX_DEPTH = 200;

class Parser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  public condition(): Expression {
    const expression = this.expression();
    this.expect('end', '');
    return expression;
  }

  private get token(): Token {
    return this.tokens[this.position] ?? { kind: 'end', value: '' };
  }

  private take(value: string): boolean {
    const isNext = this.token.value === value && this.token.kind !== 'text' && this.token.kind !== 'end';
    if (isNext) this.position++;
    return isNext;
  }

  private expect(kind: Token['kind'], value?: string): string {
    const { token } = this;
    if (token.kind !== kind || (value !== undefined && token.value !== value)) {
      throw new Undecided(`The condition is not understood at ${JSON.stringify(token.value || 'its end')}.`);
    }
    this.position++;
    return token.value;
  }

  private expression(): Expression {
    if (++this.depth > MAX_DEPTH) throw new Undecided('The condition is too deep.');
    const test = this.binary(0);
    let result = test;
    if (this.take('?')) {
      const left = this.binary(0);
      this.expect('symbol', ':');
      result = { kind: 'conditional', parts: [test, left, this.expression()] };
    }
    this.depth--;
    return result;
  }

  private binary(level: number): Expression {
    const operators = LEVELS[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    for (;;) {
      const operator = operators.find((each) => this.take(each));
      if (operator === undefined) return left;
      left = { kind: 'binary', operator, left, right: this.binary(level + 1) };
    }
  }

  private unary(): Expression {
    const signs: string[] = [];
    for (let sign = this.sign(); sign !== undefined; sign = this.sign()) signs.push(sign);
    return signs.reduceRight<Expression>(
      (operand, operator) => ({ kind: 'unary', operator, operand }),
      this.member(),
    );
  }

  private sign(): string | undefined {
    return ['!', '-'].find((each) => this.take(each));
  }

  private member(): Expression {
    let of = this.primary();
    for (;;) {
      if (this.take('.')) {
        const name = this.expect('name');
        of = this.take('(')
          ? { kind: 'call', of, name, args: this.list(')') }
          : { kind: 'field', of, field: name };
      } else if (this.take('[')) {
        const key = this.expression();
        this.expect('symbol', ']');
        of = key.kind === 'text' ? { kind: 'field', of, field: key.value } : { kind: 'index', of, key };
      } else {
        return of;
      }
    }
  }

  private list(end: string): readonly Expression[] {
    const items: Expression[] = [];
    while (!this.take(end)) {
      items.push(this.expression());
      if (this.take(end)) break;
      this.expect('symbol', ',');
    }
    return items;
  }

  private primary(): Expression {
    if (this.take('(')) {
      const inner = this.expression();
      this.expect('symbol', ')');
      return inner;
    }
    if (this.take('[')) return { kind: 'list', items: this.list(']') };
    const { kind, value } = this.token;
    if (kind === 'text') return { kind, value: this.expect(kind) };
    if (kind === 'number') return { kind: 'constant', text: this.expect(kind) };
    const name = this.expect('name');
    if (name === 'true' || name === 'false') return { kind: 'boolean', value: value === 'true' };
    if (name === 'null') return { kind: 'constant', text: name };
    if (this.take('(')) return { kind: 'call', of: undefined, name, args: this.list(')') };
    return { kind: 'name', name };
  }
}

/** Parses a condition. @throws Undecided for syntax that this parser does not know. */
export function parseCondition(source: string): Expression {
  return new Parser(tokenize(source)).condition();
}
