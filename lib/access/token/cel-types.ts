/** A value of the Common Expression Language as JSON has it. A time is `{ timestamp: MILLISECONDS }`. */
export type CelValue =
  null | boolean | number | string | readonly CelValue[] | { readonly [name: string]: CelValue };

/** An expression has an error for the given variables. Such a condition does not accept the token. */
export class CelError extends Error {}

/** Whether the value is a list. */
export function isCelList(value: CelValue | undefined): value is readonly CelValue[] {
  return Array.isArray(value);
}

/** Whether the value is a map. */
export function isCelMap(value: CelValue | undefined): value is { readonly [name: string]: CelValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text of a value for messages. */
export function textOfCel(value: CelValue): string {
  return JSON.stringify(value);
}
