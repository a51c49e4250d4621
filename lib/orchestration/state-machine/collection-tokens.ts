import { memberOf } from '../../core/json-tokens';
import type { Report } from '../../core/rules';

/** Props with lists and objects that the library passes on as a whole, so that a token can replace one of them. */
const PASSED_ON = ['args', 'command', 'payload', 'parameters', 'body', 'itemSelector', 'statements'];

const isListToken = (item: unknown) => typeof item === 'string' && item.startsWith('#{TfToken[');
const isMapToken = (key: string) => key.startsWith('&{TfToken[');

/**
 * Reports lists and objects that are tokens, in props that the library reads or extends. cdktf represents such a list by
 * one item, and such an object by one key.
 */
export function checkCollectionTokens(props: object, report: Report): void {
  visit(props, '', false, report);
}

function visit(value: unknown, property: string, isPassedOn: boolean, report: Report): void {
  if (typeof value !== 'object' || value === null) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Constructs and other instances validate their own props.
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return;
  const entries = Object.entries(value);
  const isToken = Array.isArray(value) ? value.some(isListToken) : Object.keys(value).some(isMapToken);
  if (isToken && !(isPassedOn && entries.length === 1)) {
    const rule = isPassedOn ? 'not combine a token with other items' : 'be known at synth';
    report({ property, value: 'a token', rule, fix: 'Pass single values instead of a token.' });
    return;
  }
  for (const [key, each] of entries) {
    const at = Array.isArray(value) ? `${property}[${key}]` : memberOf(property, key);
    visit(each, at, isPassedOn || PASSED_ON.includes(key), report);
  }
}
