import type { Expression } from '../decide/google/cel/expression';

/** Text of an expression, with parentheses where operators are nested. */
export function celText(expression: Expression): string {
  switch (expression.kind) {
    case 'text':
      return JSON.stringify(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'constant':
      return expression.text;
    case 'list':
      return `[${expression.items.map(celText).join(', ')}]`;
    case 'name':
      return expression.name;
    case 'field':
      return /^[A-Za-z_]\w*$/.test(expression.field)
        ? `${celText(expression.of)}.${expression.field}`
        : `${celText(expression.of)}[${JSON.stringify(expression.field)}]`;
    case 'index':
      return `${celText(expression.of)}[${celText(expression.key)}]`;
    case 'call': {
      const of = expression.of === undefined ? '' : `${celText(expression.of)}.`;
      return `${of}${expression.name}(${expression.args.map(celText).join(', ')})`;
    }
    case 'unary':
      return `${expression.operator}${operandText(expression.operand)}`;
    case 'binary':
      return `${operandText(expression.left)} ${expression.operator} ${operandText(expression.right)}`;
    case 'conditional': {
      const [test, left, right] = expression.parts.map(operandText);
      return `${test} ? ${left} : ${right}`;
    }
  }
}

function operandText(expression: Expression): string {
  const text = celText(expression);
  return expression.kind === 'binary' || expression.kind === 'conditional' ? `(${text})` : text;
}

/** Operands of a conjunction: the parts that must all be true. */
export function conjunctsOf(expression: Expression): readonly Expression[] {
  return expression.kind === 'binary' && expression.operator === '&&'
    ? [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)]
    : [expression];
}

/** Fields of variables in an expression, for example `assertion.ref`; each once. */
export function fieldsIn(expression: Expression): readonly Expression[] {
  const found = new Map<string, Expression>();
  const visit = (each: Expression): void => {
    if (each.kind === 'field' && each.of.kind === 'name') found.set(celText(each), each);
    else partsOf(each).forEach(visit);
  };
  visit(expression);
  return [...found.values()];
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'list':
      return expression.items;
    case 'field':
      return [expression.of];
    case 'index':
      return [expression.of, expression.key];
    case 'call':
      return [...(expression.of ? [expression.of] : []), ...expression.args];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return expression.parts;
    default:
      return [];
  }
}
