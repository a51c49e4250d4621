import { isObject } from './is-object';

/*
 * Remedies that a wrong value determines: the same value in the right type, or the nearest valid one. Each returns a
 * sentence, or nothing if the value does not show what its author meant.
 */

/** Remedy for a value that is not a text. */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return `Write "${value}".`;
  return value === null ? 'Omit it, or write a text.' : undefined;
}

/** Remedy for a value that is not a boolean. */
export function toBoolean(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return ['true', 'false'].includes(text) ? `Write ${text}.` : undefined;
}

/** Remedy for a value that is not a whole number in the range. */
export function toInteger(value: unknown, min: number, max: number): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') {
    const number = Number(value);
    return Number.isSafeInteger(number) && number >= min && number <= max ? `Write ${number}.` : undefined;
  }
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  if (value < min) return `Use at least ${min}.`;
  return value > max ? `Use at most ${max}.` : `Use ${Math.ceil(value)}.`;
}

/** Remedy for a value that is not a list of so many items. */
export function toList(value: unknown, min: number, max: number): string | undefined {
  if (!Array.isArray(value)) {
    const isItem = typeof value === 'string' || isObject(value);
    return isItem && max > 0 ? 'Put it into a list: [ … ].' : undefined;
  }
  const missing = min - value.length;
  if (missing > 0) return missing === 1 ? 'Add an item.' : `Add ${missing} items.`;
  const excess = value.length - max;
  return excess === 1 ? 'Remove an item.' : `Remove ${excess} items.`;
}

/** Remedy for a text that is not one of the words: the word with the same letters. */
export function toWord(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value !== 'string') return undefined;
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const meant = words.find((word) => letters(word) === letters(value));
  return meant === undefined ? undefined : `Use "${meant}".`;
}

/** Names up to this length are valid for every service, so a longer one that is not valid is too long. */
const SHORT = 20;

/** Remedy for a text that is not one line of at most so many bytes. */
export function toLine(value: string, maxBytes: number): string | undefined {
  if (value.trim() === '') return 'Write a text.';
  if (/[\r\n]/.test(value)) return 'Write it in one line.';
  const bytes = Buffer.byteLength(value);
  return bytes > maxBytes ? `Shorten it by ${bytes - maxBytes} bytes.` : undefined;
}

/** Remedy for the URI or the ARN of a bucket, or for its name with capitals. */
export function toBucket(value: string, pattern: RegExp): string | undefined {
  const name = value
    .replace(/^(gs|s3):\/\/|^arn:[^:]*:s3:::/, '')
    .replace(/\/.*$/, '')
    .toLowerCase();
  return name !== value && pattern.test(name) ? `Use "${name}".` : undefined;
}

/** Remedy for a name that is not of lower-case letters, digits and hyphens: the name with hyphens, if it is valid. */
export function toName(value: string, pattern: RegExp): string | undefined {
  const name = value
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  if (pattern.test(name)) return `Use "${name}".`;
  return name.length > SHORT ? 'Shorten it.' : undefined;
}
