import {
  isComputed,
  isModelObject,
  type ComputedValue,
  type ModelList,
  type ModelObject,
  type ModelValue,
} from './value';

/** Steps of a path such as `spec.container[0].env["A.B"]`. */
export function stepsOf(path: string): (string | number)[] {
  if (!path.includes('[')) return path === '' ? [] : path.split('.');
  return [...path.matchAll(/\[("(?:[^"\\]|\\.)*"|\d+)\]|[^.[\]]+/g)].map(([name, key]) =>
    key === undefined ? name : (JSON.parse(key) as string | number),
  );
}

/** Path of a member of the value at a path. */
export function pathOf(parent: string, step: string | number): string {
  if (typeof step === 'number') return `${parent}[${step}]`;
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(step)) return `${parent}[${JSON.stringify(step)}]`;
  return parent === '' ? step : `${parent}.${step}`;
}

/** A value of an attribute, or one element of its list. */
export type ModelItem = Exclude<ModelValue, ModelList | null>;

/**
 * Values at a path such as `rule.ingress.protocol`. A block may be an object, a list of one, or a set: each list is
 * flattened. A computed value in place of a block is a result itself, because its parts are unknown. An argument that
 * is omitted gives no value.
 */
export function valuesAt(value: ModelValue | undefined, path: string): ModelItem[] {
  let found: (ModelValue | undefined)[] = [value];
  for (const step of stepsOf(path)) {
    found =
      typeof step === 'number'
        ? found.map((each) => elementOf(each, step))
        : found.flatMap(items).map((each) => memberOf(each, step));
  }
  return found.flatMap(items);
}

/** Blocks at a path, as `valuesAt` finds them. A computed block is a result too. */
export function blocksAt(value: ModelValue | undefined, path: string): (ModelObject | ComputedValue)[] {
  return valuesAt(value, path).filter((each) => typeof each === 'object');
}

/** Paths of the computed values in a value. */
export function computedPaths(value: ModelValue | undefined): string[] {
  const found: string[] = [];
  const visit = (each: ModelValue | undefined, path: string): void => {
    if (isComputed(each)) found.push(path);
    else if (Array.isArray(each))
      (each as ModelList).forEach((item, index) => visit(item, pathOf(path, index)));
    else if (isModelObject(each)) {
      Object.entries(each).forEach(([name, member]) => visit(member, pathOf(path, name)));
    }
  };
  visit(value, '');
  return found;
}

/** The one value at the exact steps of a path; a single block is element 0 of itself. */
export function exactValueAt(value: ModelValue | undefined, path: string): ModelValue | undefined {
  let found = value;
  for (const step of stepsOf(path)) {
    found =
      typeof step === 'number'
        ? elementOf(found, step)
        : isComputed(found)
          ? undefined
          : memberOf(found, step);
  }
  return found;
}

function items(value: ModelValue | undefined): ModelItem[] {
  if (Array.isArray(value)) return (value as ModelList).flatMap(items);
  return value === undefined || value === null ? [] : [value as ModelItem];
}

function memberOf(value: ModelValue | undefined, name: string): ModelValue | undefined {
  if (isComputed(value)) return value;
  return isModelObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function elementOf(value: ModelValue | undefined, index: number): ModelValue | undefined {
  if (Array.isArray(value)) return (value as ModelList)[index];
  return index === 0 || isComputed(value) ? value : undefined;
}
