import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal digits. */
export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Hash of a value, independent of the order of its fields. */
export function hashOf(value: unknown): string {
  return hash(JSON.stringify(value, sorted));
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
