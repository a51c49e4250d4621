import type { Expression } from '../decide/google/cel/expression';
import { parseCondition } from '../decide/google/cel/parse';
import { timeOf } from '../decide/google/cel/time';
import { callFunction } from './cel-functions';
import { CelError, isCelList, isCelMap, textOfCel, type CelValue } from './cel-types';
import { Undecided } from '../decide/relation';

/** Variables of an expression by name, for example `assertion`. */
export type CelVariables = Readonly<Record<string, CelValue>>;

/**
 * Value of an expression of the Common Expression Language for known variables.
 * https://github.com/google/cel-spec/blob/master/doc/langdef.md
 * @throws CelError where the expression has an error for these variables, for example a key that is missing
 * @throws Undecided for a part of the language that is not supported
 */
export function celValue(source: string, variables: CelVariables): CelValue {
  return valueOf(parseCondition(source), variables);
}

/** Value of a parsed expression, with the errors of `celValue`. */
export function valueOf(expression: Expression, variables: CelVariables): CelValue {
  switch (expression.kind) {
    case 'text':
    case 'boolean':
      return expression.value;
    case 'constant':
      return constantOf(expression.text);
    case 'list':
      return expression.items.map((each) => valueOf(each, variables));
    case 'name': {
      const { name } = expression;
      if (!Object.hasOwn(variables, name)) throw new CelError(`${name} is not defined`);
      return variables[name] as CelValue;
    }
    case 'field':
      return memberOf(valueOf(expression.of, variables), expression.field);
    case 'index':
      return memberOf(valueOf(expression.of, variables), valueOf(expression.key, variables));
    case 'unary':
      return negated(expression.operator, valueOf(expression.operand, variables));
    case 'conditional': {
      const [test, left, right] = expression.parts as readonly [Expression, Expression, Expression];
      return valueOf(truthOf(valueOf(test, variables)) ? left : right, variables);
    }
    case 'call':
      return callOf(expression, variables);
    case 'binary':
      return binaryOf(expression, variables);
  }
}

function constantOf(text: string): CelValue {
  if (text === 'null') return null;
  const number = Number(text.replace(/u$/, ''));
  if (Number.isNaN(number)) throw new Undecided(`The number ${text} is not understood.`);
  return number;
}

function truthOf(value: CelValue): boolean {
  if (typeof value !== 'boolean') throw new CelError(`${textOfCel(value)} is not a boolean`);
  return value;
}

function memberOf(of: CelValue, key: CelValue): CelValue {
  if (isCelMap(of) && typeof key === 'string') {
    if (Object.hasOwn(of, key)) return of[key] as CelValue;
    throw new CelError(`the key "${key}" is missing`);
  }
  if (isCelList(of) && typeof key === 'number') {
    const item = of[key];
    if (item !== undefined) return item;
    throw new CelError(`the list has no element ${key}`);
  }
  throw new CelError(`${textOfCel(of)} has no member ${textOfCel(key)}`);
}

function negated(operator: string, value: CelValue): CelValue {
  if (operator === '!') return !truthOf(value);
  if (typeof value === 'number') return -value;
  throw new CelError(`${textOfCel(value)} is not a number`);
}

type Call = Extract<Expression, { kind: 'call' }>;

function callOf(call: Call, variables: CelVariables): CelValue {
  const { of, name, args } = call;
  const [first] = args;
  if (of === undefined && name === 'has' && first?.kind === 'field') {
    const holder = valueOf(first.of, variables);
    return isCelMap(holder) && Object.hasOwn(holder, first.field);
  }
  const time = timeOf(call);
  if (time !== undefined) return { timestamp: time };
  if (of !== undefined && ['all', 'exists'].includes(name)) return macroOf(call, variables);
  const values = args.map((each) => valueOf(each, variables));
  return callFunction(name, of === undefined ? values : [valueOf(of, variables), ...values]);
}

/** `list.all(x, test)` and `list.exists(x, test)`. */
function macroOf({ of, name, args }: Call, variables: CelVariables): CelValue {
  const [variable, test] = args;
  const list = of && valueOf(of, variables);
  if (variable?.kind !== 'name' || test === undefined || !isCelList(list)) {
    throw new Undecided(`The call of ${name} is not understood.`);
  }
  const passes = (item: CelValue) => truthOf(valueOf(test, { ...variables, [variable.name]: item }));
  return name === 'all' ? list.every(passes) : list.some(passes);
}

type Binary = Extract<Expression, { kind: 'binary' }>;

function binaryOf({ operator, left, right }: Binary, variables: CelVariables): CelValue {
  const evaluate = (each: Expression) => () => valueOf(each, variables);
  if (operator === '&&' || operator === '||') {
    return connected(operator === '||', evaluate(left), evaluate(right));
  }
  const [a, b] = [valueOf(left, variables), valueOf(right, variables)];
  switch (operator) {
    case '==':
      return isEqual(a, b);
    case '!=':
      return !isEqual(a, b);
    case 'in':
      if (isCelList(b)) return b.some((each) => isEqual(each, a));
      if (isCelMap(b)) return typeof a === 'string' && Object.hasOwn(b, a);
      throw new CelError(`${textOfCel(b)} is not a list`);
    default:
      return calculated(operator, a, b);
  }
}

/** `&&` and `||`: one decisive operand is enough, also if the other one has an error. */
function connected(decisive: boolean, left: () => CelValue, right: () => CelValue): boolean {
  const results = [left, right].map((operand) => {
    try {
      return truthOf(operand());
    } catch (error) {
      if (error instanceof CelError) return error;
      throw error;
    }
  });
  if (results.includes(decisive)) return decisive;
  const error = results.find((each) => each instanceof CelError);
  if (error !== undefined) throw error as CelError;
  return !decisive;
}

function isEqual(a: CelValue, b: CelValue): boolean {
  if (isCelList(a) && isCelList(b)) {
    return a.length === b.length && a.every((each, index) => isEqual(each, b[index] as CelValue));
  }
  if (isCelMap(a) && isCelMap(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => Object.hasOwn(b, name) && isEqual(a[name] as CelValue, b[name] as CelValue))
    );
  }
  return a === b;
}

function calculated(operator: string, a: CelValue, b: CelValue): CelValue {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  if (operator === '+' && isCelList(a) && isCelList(b)) return [...a, ...b];
  const [left, right] = [orderOf(a), orderOf(b)];
  if (left === undefined || typeof left !== typeof right) {
    throw new CelError(`${textOfCel(a)} ${operator} ${textOfCel(b)} is not defined`);
  }
  switch (operator) {
    case '<':
      return left < (right as typeof left);
    case '<=':
      return left <= (right as typeof left);
    case '>':
      return left > (right as typeof left);
    case '>=':
      return left >= (right as typeof left);
    default:
      throw new Undecided(`The operator ${operator} is not understood.`);
  }
}

/** Value that has an order: a number, a text, a time. */
function orderOf(value: CelValue): number | string | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value;
  return isCelMap(value) && typeof value.timestamp === 'number' ? value.timestamp : undefined;
}
