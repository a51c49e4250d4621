import { isObject } from '../../core/is-object';
import { ModelError } from './model-error';

/** A JSON object of unknown content. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export const isRecord: (value: unknown) => value is JsonRecord = isObject;

/** The value if it is a JSON object, else an empty one. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

/** The JSON objects of a list; a single object is a list of one. */
export function recordsOf(value: unknown): JsonRecord[] {
  return (Array.isArray(value) ? value : [value]).filter(isRecord);
}

/** The texts of a list. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** The value if it is a text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** No configuration and no state nests deeper. The limit keeps recursive functions from exhausting the stack. */
const DEEPEST = 200;

/** Rejects JSON that nests too deeply for recursive functions. */
export function checkDepth(source: string, json: unknown, depth = 0): void {
  if (typeof json !== 'object' || json === null) return;
  if (depth > DEEPEST) throw new ModelError(source, `the JSON must not nest deeper than ${DEEPEST} levels.`);
  for (const each of Object.values(json)) checkDepth(source, each, depth + 1);
}
