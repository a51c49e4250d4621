import { Token } from 'cdktf';
import { endOfQuoted, scanPath } from './language/json-path';

/**
 * Fields of the input that a template reads, sorted. A path with a wildcard or a filter counts up to there. Step Functions
 * ends an execution that reads an absent field with `States.Runtime`, which no state can catch, so a Choice checks the
 * fields before. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function fieldsRead(template: unknown): string[] {
  const found = new Set<string>();
  collect(template, found);
  return [...found].sort();
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return;
  for (const [key, each] of Object.entries(value)) {
    if (key.endsWith('.$') && typeof each === 'string') collectPaths(each, found);
    else collect(each, found);
  }
}

/** Paths in an expression. Texts in apostrophes, the context object and variables do not read the input. */
function collectPaths(expression: string, found: Set<string>): void {
  for (let at = 0; at < expression.length; at++) {
    if (expression[at] === "'") at = endOfQuoted(expression, at);
    const path = expression[at] === '$' ? scanPath(expression, at) : undefined;
    if (path === undefined) continue;
    if (/^\$[.[]/.test(path.referencePrefix)) found.add(path.referencePrefix);
    at = path.end - 1;
  }
}
