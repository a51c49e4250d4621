import { Undecided } from '../../relation';
import type { Expression } from './expression';
import { parseCondition } from './parse';

/** Reads a CEL text, or an object with `expression`. No condition is always true. */
export function readCondition(document: unknown, path: string): Expression {
  const isObject = typeof document === 'object' && document !== null && 'expression' in document;
  const source = isObject ? document.expression : document;
  if (source === undefined || source === null || source === '') return { kind: 'boolean', value: true };
  if (typeof source !== 'string')
    throw new Undecided(`${path} must be a CEL text or an object with expression.`);
  return parseCondition(source);
}
