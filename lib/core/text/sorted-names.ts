import { compareText } from './compare-text';

/** The same JSON value with the names of objects in order, so that a digest does not depend on their order. */
export function withSortedNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSortedNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compareText(a, b))
      .map(([name, each]) => [name, withSortedNames(each)]),
  );
}
