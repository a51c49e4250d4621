/**
 * A text within an intrinsic function, which is passed over, or a path: one step after another by name or number. Of
 * one with a wildcard or a filter it is what stands before that.
 */
const TEXT_OR_PATH = /(?<!\[)'(?:\\.|[^'\\])*'|(?<![$\w])\$((?:\.[A-Za-z_][\w-]*|\['[^']+'\]|\[\d+\])+)/g;

/**
 * The fields of the event that a template reads, so that their absence can be told before it is too late: Step
 * Functions ends an execution that reads a field that is not there, and no state of it can catch that.
 */
export function fieldsRead(template: unknown): string[] {
  const found = new Set<string>();
  collect(template, found);
  return [...found].sort();
}

function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    if (key.endsWith('.$') && typeof each === 'string') {
      for (const [, steps] of each.matchAll(TEXT_OR_PATH)) if (steps !== undefined) found.add(`$${steps}`);
    } else {
      collect(each, found);
    }
  }
}
