import { configurationValue } from './values/configuration-value';
import { objectOf } from './values/expression';
import { isRecord, recordOf } from './values/json-record';
import { literalValue } from './values/literal-value';
import type { ModelObject, ModelValue, ReferenceValue } from './values/value';
import { escaped } from './values/value-text';

/** References that the configuration of a value has. */
export type ExpressionReferences = (expression: unknown) => readonly ReferenceValue[];

/**
 * Value of a plan with the unknown parts marked. A plan omits an unknown attribute, and has `null` for an unknown
 * element of a list.
 * @param unknown tree in which `true` is an unknown value
 * @param expression expressions of the configuration for this value
 */
export function plannedValue(
  json: unknown,
  unknown: unknown,
  expression: unknown,
  references: ExpressionReferences,
): ModelValue {
  if (unknown === true) return { $kind: 'unknown', references: references(expression) };
  const inner = (each: unknown, mark: unknown, own: unknown) => plannedValue(each, mark, own, references);
  if (Array.isArray(unknown) && (Array.isArray(json) || json === null || json === undefined)) {
    const list: readonly unknown[] = Array.isArray(json) ? json : [];
    const length = Math.max(list.length, unknown.length);
    const each = elementExpression(expression, length);
    return Array.from({ length }, (_, index) => inner(list[index], unknown[index], each));
  }
  if (isRecord(unknown) && (isRecord(json) || json === null || json === undefined)) {
    return objectOf(memberEntries(recordOf(json), unknown, expression, inner));
  }
  return literalValue(json);
}

/** Attributes of a resource, as `plannedValue` reads them. */
export function plannedObject(
  json: unknown,
  unknown: unknown,
  expressions: unknown,
  references: ExpressionReferences,
): ModelObject {
  const inner = (each: unknown, mark: unknown, own: unknown) => plannedValue(each, mark, own, references);
  const marks = unknown === true ? {} : recordOf(unknown);
  const entries = memberEntries(recordOf(json), marks, expressions, inner);
  return Object.fromEntries(entries.filter(([name]) => name !== '$kind'));
}

function memberEntries(
  json: Readonly<Record<string, unknown>>,
  unknown: Readonly<Record<string, unknown>>,
  expression: unknown,
  inner: (json: unknown, unknown: unknown, expression: unknown) => ModelValue,
): [string, ModelValue][] {
  const names = [...new Set([...Object.keys(json), ...Object.keys(unknown)])];
  return names.flatMap((name): [string, ModelValue][] => {
    const [value, mark] = [own(json, name), own(unknown, name)];
    const isOmitted = (value === null || value === undefined) && (mark === false || mark === undefined);
    if (isOmitted) return [];
    const isComputed = mark === true && isUnsetIn(expression, name);
    return [
      [
        escaped(name),
        isComputed
          ? { $kind: 'unknown', references: [], unset: true }
          : inner(value, mark, memberExpression(expression, name)),
      ],
    ];
  });
}

/** Whether the expressions of a resource, or of all blocks that can have generated a value, do not set an argument. */
function isUnsetIn(expression: unknown, name: string): boolean {
  const blocks: readonly unknown[] = Array.isArray(expression) ? expression : [expression];
  return blocks.every((each) => isRecord(each) && !isLeaf(each) && !Object.hasOwn(each, name));
}

/** Expression of an attribute. An expression without blocks is that of the whole value. */
function memberExpression(expression: unknown, name: string): unknown {
  if (Array.isArray(expression)) return expression.map((each: unknown) => memberExpression(each, name));
  return isRecord(expression) && !isLeaf(expression) ? own(expression, name) : expression;
}

/**
 * Expression of each element. A set has another order than its blocks, so that all blocks can have generated an element.
 * Of a list that is longer than its blocks, `dynamic` blocks that no plan shows have generated elements.
 */
function elementExpression(expression: unknown, length: number): unknown {
  if (!Array.isArray(expression)) return expression;
  const blocks = expression as readonly unknown[];
  if (blocks.length < length) return [...blocks, undefined];
  return blocks.length === 1 ? blocks[0] : blocks;
}

/** Whether an object of `configuration` is one expression, and not the expressions of a block. */
export function isLeaf(expression: Readonly<Record<string, unknown>>): boolean {
  const { references } = expression;
  return (
    'constant_value' in expression ||
    (Array.isArray(references) && references.every((each) => typeof each === 'string'))
  );
}

function own(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * Value of an expression of the configuration; `undefined` if the plan has its references only. Of a configuration in
 * JSON, a plan has the whole text: `{ "constant_value": "${aws_iam_role.x.arn}", "references": […] }`.
 */
export function expressionValue(expression: unknown): ModelValue | undefined {
  if (Array.isArray(expression)) {
    const blocks = expression.map(expressionValue);
    return blocks.every((each) => each !== undefined) ? blocks : undefined;
  }
  if (!isRecord(expression)) return undefined;
  if (!isLeaf(expression))
    return Object.keys(expression).length === 0 ? undefined : expressionObject(expression);
  const { constant_value: constant, references } = expression;
  if (constant === undefined) return undefined;
  return references === undefined ? literalValue(constant) : configurationValue(constant);
}

/** Values of the expressions of a resource or a block; without those that the plan has the references only of. */
export function expressionObject(expressions: unknown): ModelObject {
  const entries = Object.entries(recordOf(expressions)).flatMap(([name, each]): [string, ModelValue][] => {
    const value = name === '$kind' ? undefined : expressionValue(each);
    return value === undefined || value === null ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}
