import { derivedAttribute } from './derived-attributes';
import { joined } from './values/expression';
import type { ModelResource, ModelStack } from './model';
import { exactValueAt } from './values/paths';
import {
  isComputed,
  type ComputedValue,
  type ModelList,
  type ModelObject,
  type ModelValue,
  type ReferenceValue,
} from './values/value';

/** Finds the value of a reference; `undefined` if only Terraform knows it. */
export type Lookup = (reference: ReferenceValue) => ModelValue | undefined;

/** More references in a row occur in a cycle only. */
const LONGEST = 50;

/** More references in one value occur only where local values multiply each other. The rest stays as it is. */
const MOST = 10_000;

/** The value with references replaced by the values that the lookup finds. */
export function resolved(value: ModelValue, lookup: Lookup): ModelValue {
  let count = 0;
  const visit = (each: ModelValue, depth: number): ModelValue => {
    if (typeof each !== 'object' || each === null) return each;
    if (!isComputed(each) || each.$kind !== 'reference') return mapped(each, (inner) => visit(inner, depth));
    if (depth > LONGEST || ++count > MOST) return each;
    const found = lookup(each);
    // The reference says more than that its value is unknown.
    const isUnknown = found === undefined || (isComputed(found) && found.$kind === 'unknown');
    return isUnknown ? each : visit(found, depth + 1);
  };
  return visit(value, 0);
}

/** The value with its parts replaced. Parts of an expression remain, because its text has them too. */
function mapped(
  value: ModelList | ModelObject | ComputedValue,
  replace: (part: ModelValue) => ModelValue,
): ModelValue {
  if (!isComputed(value)) {
    if (Array.isArray(value)) return (value as ModelList).map(replace);
    const entries = Object.entries(value as Readonly<Record<string, ModelValue>>);
    return Object.fromEntries(entries.map(([name, each]) => [name, replace(each)])) as ModelObject;
  }
  switch (value.$kind) {
    case 'template':
      return joined(value.parts.map(replace));
    case 'call':
      return { ...value, arguments: value.arguments.map(replace) };
    case 'dynamic':
      return { ...value, forEach: replace(value.forEach), content: replace(value.content) };
    case 'reference':
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
  if (found === undefined || attribute === '' || hasInstances(found)) return undefined;
  const value = exactValueAt(found.values, attribute);
  const isUnknown = value === undefined || (isComputed(value) && value.$kind === 'unknown');
  if (!isUnknown) return value;
  const { name: local, alias } = found.provider;
  const provider = stack.providers.find((each) => each.name === local && each.alias === alias);
  return derivedAttribute(found, attribute, provider?.values) ?? value;
}

/** Whether a synthesized resource has several instances, and so no single value. */
function hasInstances({ count, forEach, index }: ModelResource): boolean {
  return index === undefined && (count !== undefined || forEach !== undefined);
}

/** The value as another stack reads it: its references name the stack. */
export function seenFromOutside(value: ModelValue, stack: string): ModelValue {
  if (isComputed(value) && value.$kind === 'reference') return { stack, ...value };
  if (Array.isArray(value)) return (value as ModelList).map((each) => seenFromOutside(each, stack));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, ModelValue>>);
  return Object.fromEntries(
    entries.map(([name, each]) => [name, seenFromOutside(each, stack)]),
  ) as ModelValue;
}
