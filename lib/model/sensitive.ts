import { exactValueAt, computedPaths, pathOf } from './paths';
import { isRecord } from './json-record';
import { isComputed, referencesIn, type ModelObject, type ModelValue } from './value';

/** Paths of values that the configuration marks: by `sensitive(…)`, or by a sensitive variable in them. */
export function sensitivePaths(values: ModelObject, sensitiveVariables: readonly string[]): string[] {
  return computedPaths(values).filter((path) => {
    const value = exactValueAt(values, path);
    return (
      hasSensitiveCall(value) ||
      referencesIn(value).some(({ address }) => sensitiveVariables.includes(address.replace(/^var\./, '')))
    );
  });
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

function hasSensitiveCall(value: ModelValue | undefined): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (isComputed(value) && value.$kind === 'call' && value.name === 'sensitive') return true;
  if (isComputed(value) && value.$kind === 'expression') return /\bsensitive\(/.test(value.text);
  return Object.values(value as Readonly<Record<string, ModelValue>>).some(hasSensitiveCall);
}
