import { templateText } from '../model/values/value-text';
import { isComputed, type ModelValue } from '../model/values/value';

/** A value as text, with `${…}` for each part that is not known. */
export function textOf(value: ModelValue | undefined): string {
  if (value === undefined) return '';
  if (isComputed(value)) return templateText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A value as text, with one "…" for each part that is not known. Patterns match it where the form alone counts. */
export function outlineOf(value: ModelValue | undefined): string {
  if (!isComputed(value)) return textOf(value);
  const parts = value.$kind === 'template' ? value.parts : [value];
  return parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
}

/**
 * Whether a computed value can be the text: the known parts of a template must occur in it, in order. An argument of
 * blocks that a `dynamic` block generates can be any text.
 */
export function mayEqual(value: ModelValue | undefined, text: string): boolean {
  if (!isComputed(value)) return value !== undefined && textOf(value) === text;
  if (value.$kind !== 'template') return true;
  return matchesParts(
    text,
    value.parts.map((part) => (typeof part === 'string' ? part : undefined)),
  );
}

/** Whether literal parts occur in a text in order, with any text for each `undefined`. Each part is found once. */
function matchesParts(text: string, parts: readonly (string | undefined)[]): boolean {
  let at = 0;
  let isFree = false;
  for (const [place, part] of parts.entries()) {
    if (part === undefined) {
      isFree = true;
      continue;
    }
    const isLast = place === parts.length - 1;
    const found = isFree && isLast ? text.length - part.length : text.indexOf(part, at);
    if (found < at || (!isFree && found !== at) || !text.startsWith(part, found)) return false;
    at = found + part.length;
    isFree = false;
  }
  return isFree || at === text.length;
}
