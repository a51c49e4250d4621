import { Token } from 'cdktf';
import type { Report } from '../../../core/rules';
import { isInputReference, isPath, isReferencePath } from './json-path';
import { checkExpression, checkTemplate } from './payload-template';
import {
  COMPARISON_PATH,
  NESTED_DATA,
  NESTED_PATH,
  type FieldKind,
  type QueryLanguage,
} from './state-fields';
import type { LocatedState } from './structure';

/** Fields that contain further states. */
export const INNER_BLOCKS: readonly string[] = ['Branches', 'ItemProcessor', 'Iterator'];

/** Checks paths, intrinsic functions, payload templates and delimiters of JSONata in the fields of a state. */
export function checkFieldValues({ state, property, fields, language }: LocatedState, report: Report): void {
  for (const [name, value] of Object.entries(state)) {
    const kind = fields[name];
    if (kind === undefined || name === 'Comment' || INNER_BLOCKS.includes(name)) continue;
    checkValue(kind, name, value, { property: `${property}.${name}`, language, report });
  }
}

interface Place {
  readonly property: string;
  readonly language: QueryLanguage;
  readonly report: Report;
}

function checkValue(kind: FieldKind, name: string, value: unknown, place: Place): void {
  const { property, language, report } = place;
  if (Token.isUnresolved(value)) return;
  if (language === 'JSONata') return checkDelimiters(value, property, report);
  switch (kind) {
    case 'template':
      checkTemplate(value, property, report);
      return;
    case 'expression':
      checkExpression(value, property, report);
      return;
    case 'path':
    case 'reference':
      checkPath(kind, name, value, place);
      return;
    case 'plain':
      checkNested(value, place);
      return;
    case 'data':
  }
}

function checkPath(kind: FieldKind, name: string, value: unknown, { property, report }: Place): void {
  // null discards the input, the output or the result.
  if (value === null && ['InputPath', 'OutputPath', 'ResultPath'].includes(name)) return;
  const isText = typeof value === 'string';
  if (name === 'ResultPath') {
    if (isText && isInputReference(value)) return;
    report({ property, value, rule: 'be a reference path to one field of the input, or null' });
  } else if (kind === 'reference') {
    if (isText && isReferencePath(value)) return;
    report({ property, value, rule: 'be a reference path to one field, for example "$.seconds"' });
  } else if (!isText || !isPath(value)) {
    report({ property, value, rule: 'be a path that starts with "$"' });
  }
}

function checkNested(value: unknown, place: Place): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const property = Array.isArray(value) ? `${place.property}[${key}]` : `${place.property}.${key}`;
    checkValue(nestedKind(key), key, each, { ...place, property });
  }
}

/** Kind of a field inside of a plain field. */
export function nestedKind(key: string): FieldKind {
  return NESTED_DATA[key] ?? NESTED_PATH[key] ?? (COMPARISON_PATH.test(key) ? 'path' : 'plain');
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#writing-jsonata-expressions-in-json-strings */
function checkDelimiters(value: unknown, property: string, report: Report): void {
  if (typeof value === 'string' && value.startsWith('{%') !== value.endsWith('%}')) {
    const rule = 'start with "{%" and end with "%}" for a JSONata expression, and have neither for a text';
    report({ property, value, rule });
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) checkDelimiters(each, `${property}["${key}"]`, report);
}
