import { attributeOf, type Expression } from './expression';
import { regularPatterns } from './regular-expression';
import type { CelRequest } from './request';
import { compareTimes, timeOf } from './time';

/** Result of an expression. */
export type Result = 'true' | 'false' | 'error';
/** Results that are possible: more than one where the request does not tell the value. */
export type Results = ReadonlySet<Result>;

const ANY: Results = new Set(['true', 'false', 'error']);
const ERROR: Results = new Set(['error']);
const resultOf = (value: boolean): Results => new Set([value ? 'true' : 'false']);

function combine(left: Results, right: Results, decisive: Result, neutral: Result): Results {
  const combined = [...left].flatMap((first) =>
    [...right].map((second): Result => {
      if (first === decisive || second === decisive) return decisive;
      return first === neutral && second === neutral ? neutral : 'error';
    }),
  );
  return new Set(combined);
}

function negate(results: Results): Results {
  const opposite = { true: 'false', false: 'true', error: 'error' } as const;
  return new Set([...results].map((each) => opposite[each]));
}

/** Evaluates with the value of an attribute. `missing` is the result without it. */
function withAttribute(
  request: CelRequest,
  attribute: string | undefined,
  missing: Results,
  evaluateValue: (value: string) => Results,
): Results {
  if (attribute === undefined) return ANY;
  if (request.absent.includes(attribute)) return missing;
  const value = request.attributes[attribute];
  return value === undefined ? ANY : evaluateValue(value);
}

function evaluateMethod(method: string, value: string, text: string): Results {
  switch (method) {
    case 'startsWith':
      return resultOf(value.startsWith(text));
    case 'endsWith':
      return resultOf(value.endsWith(text));
    case 'contains':
      return resultOf(value.includes(text));
    case 'matches':
      // JavaScript reads the other expressions of RE2 in another way.
      return regularPatterns(text) ? resultOf(new RegExp(text).test(value)) : ANY;
    default:
      return ANY;
  }
}

function evaluateCall(call: Extract<Expression, { kind: 'call' }>, request: CelRequest): Results {
  const [first, second] = call.args;
  if (!call.of) {
    const attribute = call.name === 'has' && first ? attributeOf(first) : undefined;
    return withAttribute(request, attribute, resultOf(false), () => resultOf(true));
  }
  if (first?.kind !== 'text') return ANY;
  if (call.of.kind === 'name' && call.of.name === 'resource') {
    if (call.name !== 'hasTagKey' && (call.name !== 'matchTag' || second?.kind !== 'text')) return ANY;
    return withAttribute(request, `tag ${first.value}`, resultOf(false), (value) =>
      resultOf(call.name === 'hasTagKey' || (second?.kind === 'text' && second.value === value)),
    );
  }
  return withAttribute(request, attributeOf(call.of), ERROR, (value) =>
    evaluateMethod(call.name, value, first.value),
  );
}

function evaluateBinary(binary: Extract<Expression, { kind: 'binary' }>, request: CelRequest): Results {
  const { operator, left, right } = binary;
  if (operator === 'in') {
    if (left.kind === 'text' && right.kind === 'name') {
      const attribute = `${right.name}.${left.value}`;
      return withAttribute(request, attribute, resultOf(false), () => resultOf(true));
    }
    if (right.kind !== 'list' || right.items.some(({ kind }) => kind !== 'text')) return ANY;
    const texts = right.items.map((item) => (item.kind === 'text' ? item.value : ''));
    return withAttribute(request, attributeOf(left), ERROR, (value) => resultOf(texts.includes(value)));
  }
  const [attribute, constant, isFlipped] = attributeOf(left)
    ? [attributeOf(left), right, false]
    : [attributeOf(right), left, true];
  return withAttribute(request, attribute, ERROR, (value) => {
    if (constant.kind === 'text' && ['==', '!='].includes(operator)) {
      return resultOf((value === constant.value) === (operator === '=='));
    }
    const time = attribute === 'request.time' ? timeOf(constant) : undefined;
    if (time === undefined) return ANY;
    const now = Date.parse(value);
    return resultOf(isFlipped ? compareTimes(time, operator, now) : compareTimes(now, operator, time));
  });
}

/** Evaluates a condition for one request, independent of the decision. */
export function evaluateCel(expression: Expression, request: CelRequest): Results {
  switch (expression.kind) {
    case 'boolean':
      return resultOf(expression.value);
    case 'unary':
      return expression.operator === '!' ? negate(evaluateCel(expression.operand, request)) : ANY;
    case 'call':
      return evaluateCall(expression, request);
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator !== '&&' && operator !== '||') return evaluateBinary(expression, request);
      const operands = [evaluateCel(left, request), evaluateCel(right, request)] as const;
      return operator === '&&'
        ? combine(...operands, 'false', 'true')
        : combine(...operands, 'true', 'false');
    }
    default:
      return ANY;
  }
}
