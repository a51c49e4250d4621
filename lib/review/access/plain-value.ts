import { isComputed, type ModelValue } from '../../model/values/value';
import { templateText } from '../../model/values/value-text';

/** A value as JSON: a computed part is its expression, which is the same text on both sides. */
export function plain(value: unknown): unknown {
  if (isComputed(value as ModelValue)) return templateText(value as ModelValue);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}
