import { exactValueAt, computedPaths, pathOf } from './paths';
import { isRecord } from './json-record';
import { isComputed, type ModelObject, type ModelValue } from './value';

/** Paths of values that the configuration marks: by `sensitive(…)`, or by a sensitive variable in them. */
export function sensitivePaths(values: ModelObject, sensitiveVariables: readonly string[]): string[] {
  const isMarked = (value: ModelValue | undefined): boolean => isMarkedIn(value, sensitiveVariables);
  // Most resources have no such value, and paths take longer.
  if (!isMarked(values)) return [];
  return computedPaths(values).filter((path) => isMarked(exactValueAt(values, path)));
}

/** Paths of the members that are `true` in a tree of marks, as a plan has them. */
export function markedPaths(marks: unknown): string[] {
  const found: string[] = [];
  const visit = (mark: unknown, path: string): void => {
    if (mark === true) found.push(path);
    else if (Array.isArray(mark)) mark.forEach((each, index) => visit(each, pathOf(path, index)));
    else if (isRecord(mark)) Object.entries(mark).forEach(([name, each]) => visit(each, pathOf(path, name)));
  };
  visit(marks, '');
  return found;
}

/** Whether the value at a path is sensitive, has a sensitive part, or is a part of a sensitive value. */
export function isSensitiveAt(sensitive: readonly string[], path: string): boolean {
  return sensitive.some((mark) => mark === path || isWithin(mark, path) || isWithin(path, mark));
}

function isWithin(path: string, parent: string): boolean {
  return parent === '' || (path.startsWith(parent) && ['.', '['].includes(path.charAt(parent.length)));
}

function isMarkedIn(value: ModelValue | undefined, variables: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isComputed(value)) {
    if (value.$kind === 'reference') return variables.some((name) => value.address === `var.${name}`);
    if (value.$kind === 'call' && value.name === 'sensitive') return true;
    if (value.$kind === 'expression' && /\bsensitive\(/.test(value.text)) return true;
  }
  return Object.values(value as Readonly<Record<string, ModelValue>>).some((each) =>
    isMarkedIn(each, variables),
  );
}
