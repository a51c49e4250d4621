import type { LiteralTable } from '../literal-table';
import { exactly, glob, type Pattern } from '../patterns/pattern';
import { findInSets, hasTextInSets, TextSet } from '../patterns/text-set';
import type { Literal, Region, Signed } from '../regions';
import type { RbacRequest } from './request';
import type { RbacRule } from './roles';

type Part = 'target' | 'verb' | 'apiGroup' | 'resource' | 'name' | 'path';

/** The part of a request is in a set. `target` is "resource" or "path". */
export interface RbacLiteral extends Literal {
  readonly dimension: Part;
  readonly set: TextSet;
}

export type RbacSigned = Signed<RbacLiteral>;

const SLASHLESS = glob('?*', { except: '/' });
/** A resource, or a resource with a subresource behind a slash. */
const RESOURCE = new TextSet([SLASHLESS, [...SLASHLESS, ...exactly('/'), ...glob('?*')]]);
const set = (...patterns: readonly string[]): TextSet => new TextSet(patterns.map((each) => glob(each)));

/** Texts that are possible in a part. */
const POSSIBLE: Readonly<Partial<Record<Part, TextSet>>> = { verb: set('?*'), resource: RESOURCE };

/** Verbs of requests that have no name in general. */
const NAMELESS = ['create', 'list', 'watch', 'deletecollection'];
const NAMED = set('?*');

/** Sets from which a witness takes a text if it can. */
const PREFERRED: Readonly<Partial<Record<Part, TextSet>>> = {
  verb: set('get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'),
  path: set('/*'),
  resource: new TextSet([SLASHLESS]),
};

function resourcePattern(entry: string): Pattern {
  if (!entry.startsWith('*/')) return exactly(entry);
  // The text "*" before the slash is in the set too. A resource is not empty.
  return [...SLASHLESS, ...exactly(entry.slice(1))];
}

function pathPattern(entry: string): Pattern {
  if (!entry.endsWith('*')) return exactly(entry);
  return [...exactly(entry.replace(/\*+$/, '')), ...glob('*')];
}

/** Requests that a rule allows. */
export function ruleRegion(table: LiteralTable<RbacLiteral>, rule: RbacRule): Region<RbacLiteral> {
  const literal = (
    dimension: Part,
    entries: readonly string[],
    pattern = (each: string): Pattern => exactly(each),
  ): RbacSigned => ({
    literal: table.of(JSON.stringify([dimension, ...new Set(entries)].sort()), () => ({
      dimension,
      set: new TextSet([...new Set(entries)].map(pattern)),
    })),
    holds: true,
  });
  const listed = (dimension: Part, entries: readonly string[], pattern?: (each: string) => Pattern) =>
    entries.includes('*') ? [] : [literal(dimension, entries, pattern)];
  if (rule.nonResourceURLs.length > 0) {
    return [
      literal('target', ['path']),
      ...listed('verb', rule.verbs),
      ...listed('path', rule.nonResourceURLs, pathPattern),
    ];
  }
  return [
    literal('target', ['resource']),
    ...listed('verb', rule.verbs),
    ...listed('apiGroup', rule.apiGroups),
    ...listed('resource', rule.resources, resourcePattern),
    // A name "*" is not a wildcard.
    ...(rule.resourceNames.length > 0 ? [literal('name', rule.resourceNames)] : []),
  ];
}

const claimsOf = (signed: readonly RbacSigned[]) =>
  signed.map(({ literal, holds }) => ({ set: literal.set, holds }));

function claimsOn(part: Part, signed: readonly RbacSigned[]) {
  const possible = POSSIBLE[part];
  return [...claimsOf(signed), ...(possible ? [{ set: possible, holds: true }] : [])];
}

/** Whether one part of a request can satisfy all literals. */
export function isPossible(signed: readonly RbacSigned[]): boolean {
  const [first] = signed;
  return !first || hasTextInSets(claimsOn(first.literal.dimension, signed));
}

/** A shortest text of a part that satisfies the literals, from the preferred set if that is possible. */
function textOf(
  part: Part,
  dimensions: readonly (readonly RbacSigned[])[],
  preferred = PREFERRED[part],
): string {
  const claims = claimsOn(part, dimensions.find(([first]) => first?.literal.dimension === part) ?? []);
  const found = preferred && findInSets([...claims, { set: preferred, holds: true }]);
  return (found ?? findInSets(claims) ?? []).join('');
}

/** A request that satisfies the literals of all dimensions. */
export function proposeRbac(dimensions: readonly (readonly RbacSigned[])[]): RbacRequest {
  const verb = textOf('verb', dimensions);
  if (textOf('target', dimensions) === 'path') return { verb, path: textOf('path', dimensions) };
  const combined = textOf('resource', dimensions);
  const slash = combined.indexOf('/');
  const name = textOf('name', dimensions, NAMELESS.includes(verb) ? undefined : NAMED);
  return {
    verb,
    apiGroup: textOf('apiGroup', dimensions),
    resource: slash < 0 ? combined : combined.slice(0, slash),
    ...(slash >= 0 && { subresource: combined.slice(slash + 1) }),
    ...(name !== '' && { name }),
  };
}
