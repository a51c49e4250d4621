import { isObject } from '../../../core/is-object';

/** A JSON object of a log. */
export type Entry = Readonly<Record<string, unknown>>;

/** The value at a path of names; `undefined` if a part is missing. */
export function fieldAt(entry: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    entry,
  );
}

/** The text at a path of names; empty if there is none. */
export function textAt(entry: unknown, ...path: readonly string[]): string {
  const value = fieldAt(entry, ...path);
  return typeof value === 'string' ? value : '';
}

/** The objects of the list at a path of names. */
export function objectsAt(entry: unknown, ...path: readonly string[]): readonly Entry[] {
  const value = fieldAt(entry, ...path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of the list at a path of names. */
export function textsAt(entry: unknown, ...path: readonly string[]): readonly string[] {
  const value = fieldAt(entry, ...path);
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
