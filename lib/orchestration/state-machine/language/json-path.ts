/*
 * JSONPath of the States Language. Step Functions evaluates paths with Jayway JsonPath, so the check accepts its grammar:
 * dot and bracket notation, `.[`, wildcards, slices, filters and functions. A filter is checked for balance only.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 * https://github.com/json-path/JsonPath
 */

interface Scanned {
  /** Index of the first character after the path, or after the step of a path. */
  readonly end: number;
  /** Whether it identifies at most one node: names and indexes only. */
  readonly isReference: boolean;
}

/** Result of a scan. */
export interface ScannedPath extends Scanned {
  /** First steps of the path, up to a wildcard, a filter or the like. */
  readonly referencePrefix: string;
}

const ROOT = /\$\$?(?:[A-Za-z_]\w*)?/y;
// Jayway rejects blanks in dot notation. "," and ")" end an argument of an intrinsic function.
const NAME = /\.[^\s.[\](),'"]+/y;
const NO_ARGUMENTS = /\(\s*\)/y;
const WILDCARD = /\.\*/y;
const INDEX = /\[\s*\d+\s*\]/y;
const QUOTED = /\[\s*(?:'(?:\\.|[^'\\])+'|"(?:\\.|[^"\\])+")\s*\]/y;
/** Names, indexes, a slice or a wildcard. */
const UNION =
  /\[\s*(?:\*|-?\d*\s*:\s*-?\d*|-?\d+(?:\s*,\s*-?\d+)*|(?:'(?:\\.|[^'\\])+'|"(?:\\.|[^"\\])+")(?:\s*,\s*(?:'(?:\\.|[^'\\])+'|"(?:\\.|[^"\\])+"))*)\s*\]/y;

/**
 * Scans the path that starts at an index of a text.
 * @returns `undefined` if no valid path starts there
 */
export function scanPath(text: string, start = 0): ScannedPath | undefined {
  let end = endOfMatch(ROOT, text, start);
  let isReference = true;
  if (end === undefined) return undefined;
  let referencePrefix = text.slice(start, end);
  while (text[end] === '.' || text[end] === '[') {
    const part: Scanned | undefined = scanPart(text, end);
    if (part === undefined) return undefined;
    isReference &&= part.isReference;
    if (isReference) referencePrefix += text.slice(end, part.end).replace(/^\.(?=\[)/, '');
    end = part.end;
  }
  return { end, isReference, referencePrefix };
}

/** One step of a path. */
function scanPart(text: string, start: number): Scanned | undefined {
  // ".." searches all levels; ".[" and "..[" are the same as "[" and a search.
  const isDescent = text.startsWith('..', start);
  const bracket = text.slice(start).match(/^\.{0,2}(?=\[)/);
  if (bracket !== null) {
    const at = start + bracket[0].length;
    const single = endOfMatch(INDEX, text, at) ?? endOfMatch(QUOTED, text, at);
    if (single !== undefined) return { end: single, isReference: !isDescent };
    const end = endOfMatch(UNION, text, at) ?? scanFilter(text, at);
    return end === undefined ? undefined : { end, isReference: false };
  }
  const at = isDescent ? start + 1 : start;
  const wildcard = endOfMatch(WILDCARD, text, at);
  if (wildcard !== undefined) return { end: wildcard, isReference: false };
  const name = endOfMatch(NAME, text, at);
  if (name === undefined) return undefined;
  const called = endOfMatch(NO_ARGUMENTS, text, name);
  return called === undefined ? { end: name, isReference: !isDescent } : { end: called, isReference: false };
}

/** `[?(…)]` or `[(…)]`, whose content is not empty and has balanced brackets and quotation marks. */
function scanFilter(text: string, start: number): number | undefined {
  if (!/^\[\s*\??\s*\(\s*[^\s)]/.test(text.slice(start))) return undefined;
  const closing: string[] = [];
  for (let at = start; at < text.length; at++) {
    const sign = text[at] as string;
    if (sign === "'" || sign === '"' || (sign === '/' && /(=~|!~)\s*$/.test(text.slice(start, at)))) {
      at = endOfQuoted(text, at);
    } else if (sign === '[' || sign === '(' || sign === '{') {
      closing.push({ '[': ']', '(': ')', '{': '}' }[sign]);
    } else if (sign === ']' || sign === ')' || sign === '}') {
      if (closing.pop() !== sign) return undefined;
      if (closing.length === 0) return at + 1;
    }
  }
  return undefined;
}

/** Index of the sign that closes a quoted text, or the end of the text. */
export function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}

/** Index after the match of a sticky pattern; `undefined` if the pattern does not match at the index. */
export function endOfMatch(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** Whether a text is a path into the input, the context object (`$$`) or a variable (`$name`). */
export function isPath(text: string): boolean {
  return scanPath(text)?.end === text.length;
}

/** Whether a text is a path to one field of the input, not of the context object or of a variable. */
export function isInputReference(text: string): boolean {
  return isReferencePath(text) && /^\$(?![$\w])/.test(text);
}

/** Whether a text is a path that identifies one node. */
export function isReferencePath(text: string): boolean {
  const scanned = scanPath(text);
  return scanned?.end === text.length && scanned.isReference;
}
