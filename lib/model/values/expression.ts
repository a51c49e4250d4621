import { ExpressionCursor } from './expression-cursor';
import { traversalValue, type TraversalStep } from './traversal';
import { isComputed, referencesIn, type ComputedValue, type ModelObject, type ModelValue } from './value';
import { templateText } from './value-text';

/** No configuration of a person nests deeper. The limit keeps the parser from exhausting the stack. */
const DEEPEST = 60;
const BINARY = /\|\||&&|==|!=|<=|>=|<|>|\+|-|\*|\/|%/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Parser of templates and expressions of Terraform. It throws a `SyntaxError` for what it does not know: directives
 * (`%{ if }`), here documents and wrong text.
 * https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export class ExpressionParser {
  private readonly cursor: ExpressionCursor;
  private bound: readonly string[];
  private depth = 0;

  /** @param bound names that are declared outside of the text, for example the iterator of a `dynamic` block */
  constructor(text: string, bound: readonly string[]) {
    this.cursor = new ExpressionCursor(text);
    this.bound = bound;
  }

  /** Value of the whole text as a template. */
  public template(): ModelValue {
    return this.templateUntil('');
  }

  private templateUntil(end: '"' | ''): ModelValue {
    const { cursor } = this;
    const parts: ModelValue[] = [];
    let literal = '';
    for (;;) {
      if (end === '' ? cursor.isAtEnd : cursor.take(end)) break;
      if (cursor.isAtEnd) throw new SyntaxError('The text ends in a quoted text');
      if (cursor.take('$${')) literal += '${';
      else if (cursor.take('%%{')) literal += '%{';
      else if (cursor.startsWith('%{')) throw new SyntaxError('A directive is not an expression');
      else if (cursor.startsWith('${')) {
        parts.push(literal, this.interpolation());
        literal = '';
      } else if (end !== '' && cursor.take('\\')) literal += this.escape();
      else literal += cursor.match(/[^$%"\\]+|[^]/y) ?? '';
    }
    parts.push(literal);
    const filled = parts.filter((part) => part !== '');
    const [only] = filled;
    // A template of one expression has the type of the expression.
    return filled.length === 1 && only !== undefined ? only : joined(filled);
  }

  private interpolation(): ModelValue {
    const { cursor } = this;
    cursor.expect('${');
    cursor.take('~');
    const value = this.expression();
    cursor.take('~');
    cursor.expect('}');
    return value;
  }

  private escape(): string {
    const [, digits] =
      /^[uU]([0-9a-fA-F]+)/.exec(this.cursor.match(/u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y) ?? '') ?? [];
    if (digits !== undefined) return String.fromCodePoint(parseInt(digits, 16));
    return ESCAPES[this.cursor.match(/[^]/y) ?? ''] ?? '\\';
  }

  /** An expression with the white space around it. */
  private expression(): ModelValue {
    const { cursor } = this;
    if (++this.depth > DEEPEST) throw new SyntaxError('The expression is nested too deeply');
    cursor.skipSpace();
    const start = cursor.at;
    const operands = [this.operand()];
    for (;;) {
      cursor.skipSpace();
      if (cursor.take('?')) {
        operands.push(this.expression());
        cursor.expect(':');
        operands.push(this.expression());
        // "=>" and "=" belong to the object around the expression.
      } else if (cursor.match(BINARY) === undefined) break;
      else {
        cursor.skipSpace();
        operands.push(this.operand());
      }
    }
    this.depth -= 1;
    const [only] = operands;
    return operands.length === 1 && only !== undefined ? only : this.expressionOf(start, operands);
  }

  private expressionOf(start: number, operands: readonly ModelValue[]): ComputedValue {
    const text = this.cursor.text.slice(start, this.cursor.at).trim();
    return { $kind: 'expression', text, references: referencesIn(operands) };
  }

  private operand(): ModelValue {
    const { cursor } = this;
    const start = cursor.at;
    if (cursor.take('!') || cursor.take('-')) {
      const isNegative = cursor.text[start] === '-';
      cursor.skipSpace();
      const value = this.operand();
      return isNegative && typeof value === 'number' ? -value : this.expressionOf(start, [value]);
    }
    const name = cursor.name();
    if (name !== undefined) return this.named(name, start);
    const value = this.literal();
    const steps = this.steps();
    if (steps.length === 0) return value;
    return this.expressionOf(start, [
      value,
      ...steps.flatMap((step) => ('index' in step ? [step.index ?? null] : [])),
    ]);
  }

  private literal(): ModelValue {
    const { cursor } = this;
    if (cursor.take('"')) return this.templateUntil('"');
    if (cursor.take('(')) {
      const value = this.expression();
      cursor.expect(')');
      return value;
    }
    if (cursor.startsWith('[')) return this.list();
    if (cursor.startsWith('{')) return this.object();
    const number = cursor.number();
    if (number === undefined) throw new SyntaxError(`No expression begins at ${cursor.at}`);
    return number;
  }

  private named(name: string, start: number): ModelValue {
    const { cursor } = this;
    const full = name + (cursor.match(/(?:::[\p{L}_][\p{L}\p{N}_-]*)+/uy) ?? '');
    if (cursor.take('(')) {
      const call: ModelValue = { $kind: 'call', name: full, arguments: this.items(')') };
      const steps = this.steps();
      return steps.length === 0 ? call : this.expressionOf(start, [call]);
    }
    const steps = this.steps();
    if (steps.length === 0 && ['true', 'false', 'null'].includes(name)) return JSON.parse(name) as ModelValue;
    const value = traversalValue(name, steps, cursor.text.slice(start, cursor.at));
    if (!this.bound.includes(name)) return value;
    return this.expressionOf(
      start,
      steps.flatMap((step) => ('index' in step ? [step.index ?? null] : [])),
    );
  }

  private steps(): TraversalStep[] {
    const { cursor } = this;
    const steps: TraversalStep[] = [];
    for (;;) {
      if (cursor.take('.*') || cursor.take('[*]')) steps.push({ kind: 'any' });
      else if (cursor.match(/\.(?=\d)/y) !== undefined) {
        steps.push({ kind: 'key', key: Number(cursor.match(/\d+/y)) });
      } else if (cursor.take('.')) {
        const name = cursor.name();
        if (name === undefined) throw new SyntaxError(`A name is expected at ${cursor.at}`);
        steps.push({ kind: 'name', name });
      } else if (cursor.take('[')) {
        const index = this.expression();
        cursor.expect(']');
        const isKey = typeof index === 'string' || typeof index === 'number';
        steps.push(isKey ? { kind: 'key', key: index } : { kind: 'any', index });
      } else return steps;
    }
  }

  private list(): ModelValue {
    const { cursor } = this;
    const start = cursor.at;
    cursor.expect('[');
    cursor.skipSpace();
    return this.isFor() ? this.forExpression(start, ']') : this.items(']');
  }

  /** Elements of a list, or arguments of a function, until the closing sign. */
  private items(end: ']' | ')'): ModelValue[] {
    const { cursor } = this;
    const items: ModelValue[] = [];
    for (;;) {
      cursor.skipSpace();
      if (cursor.take(end)) return items;
      items.push(this.expression());
      cursor.take('...');
      cursor.skipSpace();
      if (!cursor.take(',') && !cursor.startsWith(end))
        throw new SyntaxError(`"${end}" expected at ${cursor.at}`);
    }
  }

  private object(): ModelValue {
    const { cursor } = this;
    const start = cursor.at;
    cursor.expect('{');
    cursor.skipSpace();
    if (this.isFor()) return this.forExpression(start, '}');
    const items: [string, ModelValue][] = [];
    for (;;) {
      cursor.skipSpace();
      if (cursor.take('}')) return objectOf(items);
      const key = this.key();
      cursor.skipSpace();
      if (!cursor.take('=')) cursor.expect(':');
      items.push([key, this.expression()]);
      cursor.skipSpace();
      cursor.take(',');
    }
  }

  private key(): string {
    const name = this.cursor.match(/[\p{L}_][\p{L}\p{N}_-]*(?=\s*[=:])/uy);
    return name ?? templateText(this.expression());
  }

  private isFor(): boolean {
    return this.cursor.match(/for(?=\s)/y) !== undefined;
  }

  private forExpression(start: number, end: ']' | '}'): ModelValue {
    const { cursor } = this;
    const outer = this.bound;
    const own: string[] = [];
    do {
      cursor.skipSpace();
      own.push(cursor.name() ?? '');
      cursor.skipSpace();
    } while (cursor.take(','));
    cursor.expect('in');
    const parts = [this.expression()];
    this.bound = [...outer, ...own];
    cursor.expect(':');
    parts.push(this.expression());
    if (cursor.take('=>')) parts.push(this.expression());
    cursor.take('...');
    cursor.skipSpace();
    if (cursor.match(/if\b/y) !== undefined) parts.push(this.expression());
    cursor.expect(end);
    this.bound = outer;
    return this.expressionOf(start, parts);
  }
}

/** An object. One with the member `$kind` would look like a computed value, so it becomes an expression. */
export function objectOf(entries: readonly (readonly [string, ModelValue])[]): ModelValue {
  const object = Object.fromEntries(entries) as ModelObject;
  if (!Object.hasOwn(object, '$kind')) return object;
  return {
    $kind: 'expression',
    text: 'an object with the member "$kind"',
    references: referencesIn(entries.map(([, value]) => value)),
  };
}

/** Joins literal texts and values to one text, as a template of Terraform does. */
export function joined(parts: readonly ModelValue[]): ModelValue {
  const merged: (string | ComputedValue)[] = [];
  const flat = parts.flatMap((part): readonly ModelValue[] =>
    isComputed(part) && part.$kind === 'template' ? part.parts : [part],
  );
  for (const part of flat) {
    const each = isComputed(part) ? part : literalText(part);
    const last = merged.at(-1);
    if (typeof each === 'string' && typeof last === 'string') merged[merged.length - 1] = last + each;
    else if (each !== '') merged.push(each);
  }
  const [only] = merged;
  if (only === undefined) return '';
  return merged.length === 1 ? only : { $kind: 'template', parts: merged };
}

/** Text of a known value in a template. Terraform rejects lists and objects there. */
function literalText(value: ModelValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
