import { exactly, glob, type Pattern } from '../../patterns/pattern';
import { TextSet } from '../../patterns/text-set';
import { attributeOf, type Expression } from './expression';
import type { Alternatives, CelLiteral, CelTable } from './literals';
import { regularPatterns } from './regular-expression';
import { timeOf } from './time';

/** Attributes that are texts where they are present. */
const TEXTS =
  /^(?:(?:assertion|attribute)\..+|google\.subject|resource\.(?:name|type|service)|request\.(?:path|host))$/s;

const FLIPPED: Readonly<Record<string, string>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};
const EVERY = [glob('*')];

/** Claim that an attribute is in a set of texts. The result is an error for a request without the attribute. */
interface TextAtom {
  readonly attribute: string;
  readonly patterns: readonly Pattern[];
  /** Whether the expression is true outside of the set. */
  readonly negated?: boolean;
  /** Result for a request without the attribute; undefined is an error. */
  readonly absent?: boolean;
  /** Result for a value of another type. */
  readonly other?: 'error' | 'uncertain' | 'true';
}

const textOf = (expression: Expression | undefined): string | undefined =>
  expression?.kind === 'text' ? expression.value : undefined;

function textAttribute(expression: Expression): string | undefined {
  const attribute = attributeOf(expression);
  return attribute !== undefined && TEXTS.test(attribute) ? attribute : undefined;
}

function presence(attribute: string | undefined): TextAtom | undefined {
  return attribute === undefined ? undefined : { attribute, patterns: EVERY, absent: false, other: 'true' };
}

function membership(left: Expression, right: Expression): TextAtom | undefined {
  const key = textOf(left);
  if (key !== undefined && right.kind === 'name' && ['assertion', 'attribute'].includes(right.name)) {
    return presence(`${right.name}.${key}`);
  }
  const attribute = textAttribute(left);
  const texts = right.kind === 'list' ? right.items.map(textOf) : [undefined];
  const known = texts.filter((each) => each !== undefined);
  if (attribute === undefined || known.length < texts.length) return undefined;
  return { attribute, patterns: known.map((each) => exactly(each)), other: 'uncertain' };
}

function comparison(operator: string, left: Expression, right: Expression): TextAtom | undefined {
  const attribute = textAttribute(left);
  const text = textOf(right);
  if (attribute === undefined || text === undefined || !['==', '!='].includes(operator)) return undefined;
  return { attribute, patterns: [exactly(text)], negated: operator === '!=', other: 'uncertain' };
}

function patternsOf(method: string, text: string): readonly Pattern[] | undefined {
  switch (method) {
    case 'startsWith':
      return [[...exactly(text), ...glob('*')]];
    case 'endsWith':
      return [[...glob('*'), ...exactly(text)]];
    case 'contains':
      return [[...glob('*'), ...exactly(text), ...glob('*')]];
    case 'matches':
      return regularPatterns(text);
    default:
      return undefined;
  }
}

/**
 * Tags of the resource. A resource without the tag does not match:
 * https://cloud.google.com/iam/docs/conditions-attribute-reference#resource-tags
 */
function tagAtom(name: string, args: readonly Expression[]): TextAtom | undefined {
  const [key, value] = args.map(textOf);
  if (key === undefined) return undefined;
  const attribute = `tag ${key}`;
  if (name === 'hasTagKey' && args.length === 1) return presence(attribute);
  if (name !== 'matchTag' || args.length !== 2 || value === undefined) return undefined;
  return { attribute, patterns: [exactly(value)], absent: false };
}

function callAtom({ of, name, args }: Extract<Expression, { kind: 'call' }>): TextAtom | undefined {
  const [argument] = args;
  if (!of) {
    return name === 'has' && args.length === 1 && argument ? presence(textAttribute(argument)) : undefined;
  }
  if (of.kind === 'name' && of.name === 'resource') return tagAtom(name, args);
  const attribute = textAttribute(of);
  const text = textOf(argument);
  const patterns = text === undefined || args.length !== 1 ? undefined : patternsOf(name, text);
  return attribute === undefined || !patterns ? undefined : { attribute, patterns };
}

function textAtom(expression: Expression): TextAtom | undefined {
  if (expression.kind === 'call') return callAtom(expression);
  if (expression.kind !== 'binary') return undefined;
  const { operator, left, right } = expression;
  if (operator === 'in') return membership(left, right);
  return comparison(operator, left, right) ?? comparison(operator, right, left);
}

/** `request.time` compared with a time, as operator and milliseconds. */
function timeAtom(expression: Expression): readonly [string, number] | undefined {
  if (expression.kind !== 'binary' || !(expression.operator in FLIPPED)) return undefined;
  const { operator, left, right } = expression;
  const isTime = (each: Expression): boolean => attributeOf(each) === 'request.time';
  const at = isTime(left) ? timeOf(right) : isTime(right) ? timeOf(left) : undefined;
  return at === undefined ? undefined : [isTime(left) ? operator : (FLIPPED[operator] ?? operator), at];
}

const OPPOSITE: Readonly<Record<string, string>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function textLiteral(atom: TextAtom, result: boolean): Omit<Extract<CelLiteral, { kind: 'text' }>, 'id'> {
  const others = { error: false, uncertain: undefined, true: result } as const;
  const { absent, negated = false, other = 'error' } = atom;
  const isCertainlyUnequal = other === 'uncertain' && result !== negated;
  return {
    kind: 'text',
    dimension: atom.attribute,
    absent: absent === result,
    other: isCertainlyUnequal ? false : others[other],
    inside: result !== negated,
    set: new TextSet(atom.patterns),
  };
}

/** Requests for which an expression without `&&`, `||` and `!` has the result. Other requests may give an error. */
export function atomAlternatives(table: CelTable, expression: Expression, result: boolean): Alternatives {
  const text = textAtom(expression);
  if (text) {
    // `x != 'a'` is false for the requests for which `x == 'a'` is true, so both are one literal.
    const { set, ...claim } = textLiteral(text, result);
    const literal = table.of(JSON.stringify([claim, set.patterns]), () => ({ ...claim, set }));
    return [[{ literal, holds: true }]];
  }
  const time = timeAtom(expression);
  const literal = table.of(`${result} ${JSON.stringify(expression)}`, () => {
    if (!time) return { kind: 'opaque', dimension: `opaque ${JSON.stringify(expression)}`, result };
    const operator = result ? time[0] : (OPPOSITE[time[0]] ?? time[0]);
    return { kind: 'time', dimension: 'request.time', operator, at: time[1] };
  });
  return [[{ literal, holds: true }]];
}
