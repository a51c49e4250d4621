import { glob } from '../decide/patterns/pattern';
import { hasTextInSets, TextSet } from '../decide/patterns/text-set';

const setOf = (patterns: readonly string[]): TextSet =>
  new TextSet(patterns.map((each) => glob(each, { ignoreCase: true })));

/** Whether the patterns match each text that a pattern matches. */
export function isCovered(pattern: string, patterns: readonly string[]): boolean {
  return !hasTextInSets([
    { set: setOf([pattern]), holds: true },
    { set: setOf(patterns), holds: false },
  ]);
}

/** Whether no text matches both a pattern and one of the patterns. */
export function isDisjoint(pattern: string, patterns: readonly string[]): boolean {
  return !hasTextInSets([
    { set: setOf([pattern]), holds: true },
    { set: setOf(patterns), holds: true },
  ]);
}
