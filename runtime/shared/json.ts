const TEXT_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const INTEGER = /^-?\d+$/;

/**
 * Whether a valid JSON text has a number that `JSON.parse` changes: an integer that a number of JavaScript cannot hold,
 * such as many 64-bit ids, or a number beyond its range. Callers pass such a text on as text, so that no id is rounded.
 */
export function hasInexactNumber(json: string): boolean {
  for (const [part] of json.matchAll(TEXT_OR_NUMBER)) {
    if (!part.startsWith('"') && isInexact(part)) return true;
  }
  return false;
}

function isInexact(number: string): boolean {
  const parsed = Number(number);
  if (!Number.isFinite(parsed)) return true;
  return INTEGER.test(number) && BigInt(number) !== BigInt(parsed);
}
