import { derivedAttribute } from './derived-attributes';
import { joined } from './expression';
import type { ModelResource, ModelStack } from './model';
import { exactValueAt } from './paths';
import {
  isComputed,
  type ComputedValue,
  type ModelList,
  type ModelValue,
  type ReferenceValue,
} from './value';

/** Finds the value of a reference; `undefined` if only Terraform knows it. */
export type Lookup = (reference: ReferenceValue) => ModelValue | undefined;

/** More references in a row occur in a cycle only. */
const LONGEST = 50;

/** The value with references replaced by the values that the lookup finds. */
export function resolved(value: ModelValue, lookup: Lookup, depth = 0): ModelValue {
  if (depth > LONGEST || typeof value !== 'object' || value === null) return value;
  const inner = (each: ModelValue) => resolved(each, lookup, depth);
  if (!isComputed(value)) {
    if (Array.isArray(value)) return (value as ModelList).map(inner);
    const entries = Object.entries(value as Readonly<Record<string, ModelValue>>);
    return Object.fromEntries(entries.map(([name, each]) => [name, inner(each)])) as ModelValue;
  }
  return resolvedComputed(value, lookup, depth);
}

function resolvedComputed(value: ComputedValue, lookup: Lookup, depth: number): ModelValue {
  const inner = (each: ModelValue) => resolved(each, lookup, depth);
  switch (value.$kind) {
    case 'reference': {
      const found = lookup(value);
      return found === undefined ? value : resolved(found, lookup, depth + 1);
    }
    case 'template':
      return joined(value.parts.map(inner));
    case 'call':
      return { ...value, arguments: value.arguments.map(inner) };
    case 'dynamic':
      return { ...value, forEach: inner(value.forEach), content: inner(value.content) };
    case 'expression':
    case 'unknown':
      return value;
  }
}

/** Value of a reference in a stack, by its resources. */
export function valueIn(
  stack: ModelStack,
  resource: (address: string) => ModelResource | undefined,
  { address, attribute }: ReferenceValue,
): ModelValue | undefined {
  const [root = '', name = ''] = address.split('.');
  if (root === 'local') return exactValueAt(stack.locals[name], attribute);
  if (root === 'var')
    return exactValueAt(stack.variables.find((each) => each.name === name)?.value, attribute);
  const found = resource(address);
  // A resource with several instances has no single value.
  if (found === undefined || found.count !== undefined || found.forEach !== undefined) return undefined;
  if (attribute === '') return undefined;
  return exactValueAt(found.values, attribute) ?? derivedAttribute(found, attribute);
}
