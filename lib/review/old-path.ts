import { createHash } from 'node:crypto';

/** Ids that the name of a resource does not show. */
const HIDDEN = { fromName: 'Default', fromText: 'Resource' } as const;

/** End of a name that cdktf derives from a path. */
export const HASH = /_[0-9A-F]{8}$/;

/** More parts have too many splits: an id can contain the separator. */
const MOST_PARTS = 6;

/** A construct that has another path than at the last apply. */
export interface MovedConstruct {
  /** Path of the construct in the program of the plan. */
  readonly path: string;
  /** Path at the last apply. */
  readonly oldPath: string;
}

/**
 * The construct that moved, from the path of a resource and its name in the state. cdktf writes the ids of the scopes
 * and a hash of them into the name, so the hash confirms a path.
 *
 * @returns `undefined` if no path has the name, for example of a stack with other rules for names
 */
export function movedConstruct(constructPath: string, oldName: string): MovedConstruct | undefined {
  const [stack = '', ...ids] = constructPath.split('/');
  for (let kept = ids.length; kept > 0; kept--) {
    const tail = ids.slice(ids.length - kept);
    const head = headsOf(oldName, tail).find((each) => nameOf([...each, ...tail]) === oldName);
    if (head !== undefined) return shortened(stack, ids, [...head, ...tail]);
  }
  return undefined;
}

/** Paths without the part that is the same below both constructs. */
function shortened(
  stack: string,
  now: readonly string[],
  old: readonly string[],
): MovedConstruct | undefined {
  let common = 0;
  while (common < Math.min(now.length, old.length) - 1 && now.at(-1 - common) === old.at(-1 - common))
    common++;
  const path = (ids: readonly string[]) => [stack, ...ids.slice(0, ids.length - common)].join('/');
  return path(now) === path(old) ? undefined : { path: path(now), oldPath: path(old) };
}

/** Ids that can precede a tail: every way to split the text before it. */
function headsOf(oldName: string, tail: readonly string[]): readonly (readonly string[])[] {
  const text = oldName.replace(HASH, '');
  const end = shownIds(tail).join('_');
  if (text === end) return [[]];
  const rest = end === '' ? `${text}_` : text.slice(0, text.length - end.length);
  if (!text.endsWith(end) || !rest.endsWith('_')) return [];
  const parts = rest.slice(0, -1).split('_');
  if (parts.length > MOST_PARTS) return [];
  // A bit for each separator: between two ids, or inside of an id.
  return Array.from({ length: 2 ** (parts.length - 1) }, (_, bits) => split(parts, bits));
}

function split(parts: readonly string[], bits: number): readonly string[] {
  return parts.reduce<string[]>((ids, part, index) => {
    const isInside = index > 0 && (bits & (1 << (index - 1))) !== 0;
    return isInside ? [...ids.slice(0, -1), `${ids.at(-1) ?? ''}_${part}`] : [...ids, part];
  }, []);
}

/** Name that cdktf gives the resource at a path, without the stack. */
function nameOf(path: readonly string[]): string {
  const ids = path.filter((id) => id !== HIDDEN.fromName);
  const [only] = ids;
  if (ids.length === 1 && only !== undefined) return shown(only);
  const hash = createHash('md5').update(ids.join('/')).digest('hex').slice(0, 8).toUpperCase();
  return `${shownIds(ids).join('_').slice(0, 240)}_${hash}`;
}

/** Ids as the name shows them: an id that ends the one before it is not repeated. */
function shownIds(path: readonly string[]): readonly string[] {
  const ids = path.filter((id) => id !== HIDDEN.fromName);
  const distinct: string[] = [];
  for (const id of ids) if (distinct.at(-1)?.endsWith(id) !== true) distinct.push(id);
  return distinct.filter((id) => id !== HIDDEN.fromText).map(shown);
}

const shown = (id: string) => id.replace(/[^A-Za-z0-9_-]/g, '');
