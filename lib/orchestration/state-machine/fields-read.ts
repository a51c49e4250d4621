import { Token } from 'cdktf';
import { endOfQuoted, scanPath } from './language/json-path';

/**
 * Fields of the input that a template reads, sorted. A path with a wildcard or a filter counts up to there. Step Functions
 * ends an execution that reads an absent field with `States.Runtime`, which no state can catch, so a Choice checks the
 * fields before. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function fieldsRead(template: unknown): string[] {
  const found = new Set<string>();
  mapPaths(template, (path, prefix) => {
    if (/^\$[.[]/.test(prefix)) found.add(prefix);
    return path;
  });
  return [...found].sort();
}

/**
 * The template with other paths. Texts in apostrophes stay as they are.
 * @param map new path by the path and by its part before a wildcard or a filter
 */
export function mapPaths(template: unknown, map: (path: string, prefix: string) => string): unknown {
  const isObject = typeof template === 'object' && template !== null;
  if (!isObject || Token.isUnresolved(template)) return template;
  if (Array.isArray(template)) return template.map((each) => mapPaths(each, map));
  return Object.fromEntries(
    Object.entries(template).map(([key, each]) => [
      key,
      key.endsWith('.$') && typeof each === 'string' ? mapExpression(each, map) : mapPaths(each, map),
    ]),
  );
}

function mapExpression(expression: string, map: (path: string, prefix: string) => string): string {
  let result = '';
  for (let at = 0; at < expression.length;) {
    const path = expression[at] === '$' ? scanPath(expression, at) : undefined;
    const end = path?.end ?? (expression[at] === "'" ? endOfQuoted(expression, at) : at) + 1;
    const part = expression.slice(at, end);
    result += path === undefined ? part : map(part, path.referencePrefix);
    at = end;
  }
  return result;
}
