import { objectOf } from './expression';
import { isRecord } from './json-record';
import type { ModelValue } from './value';
import { escaped } from './value-text';

/** Value of plain JSON without expressions. An attribute that is `null` is omitted. */
export function literalValue(json: unknown): ModelValue {
  if (Array.isArray(json)) return json.map(literalValue);
  if (isRecord(json)) {
    const entries = Object.entries(json).filter(([, value]) => value !== null && value !== undefined);
    return objectOf(entries.map(([name, value]) => [escaped(name), literalValue(value)]));
  }
  return typeof json === 'string' || typeof json === 'number' || typeof json === 'boolean' ? json : null;
}
