import type { GoogleSigned, PermissionLiteral } from './literals';
import { permissionParts } from './patterns';

/** A permission that satisfies claims. */
export interface FoundPermission {
  readonly permission?: string;
  /** Role of which each permission satisfies the claims. */
  readonly role?: string;
}

/** Permissions of two policies: those that they name, and others that match their patterns. */
export class PermissionSpace {
  /** One permission for each set of literals that include it. */
  private readonly candidates: readonly string[];

  constructor(literals: readonly PermissionLiteral[]) {
    const texts = candidatesOf(literals.flatMap(({ named }) => named));
    const including = new Map<string, number[]>(texts.map((text) => [text, []]));
    literals.forEach(({ isExact, named, includes }, index) => {
      for (const text of isExact ? named : texts.filter(includes)) including.get(text)?.push(index);
    });
    const bySignature = new Map<string, string>();
    for (const [text, indexes] of including) {
      const signature = indexes.join();
      if (!bySignature.has(signature)) bySignature.set(signature, text);
    }
    this.candidates = [...bySignature.values()];
  }

  /** Whether a permission can satisfy all claims. Roles with unknown permissions can have each permission. */
  public isPossible(signed: readonly GoogleSigned[]): boolean {
    return this.candidates.some((candidate) => satisfies(candidate, signed));
  }

  /** A permission that satisfies the claims. The claims are possible. */
  public find(signed: readonly GoogleSigned[]): FoundPermission {
    const [first] = signed;
    // Each role has a permission, so a role that no other claim is about needs no name of one.
    if (signed.length === 1 && first?.holds === true && first.literal.kind === 'role') {
      return { role: first.literal.role };
    }
    const permission = this.candidates.find((candidate) => satisfies(candidate, signed));
    return permission === undefined ? {} : { permission };
  }
}

/** The permissions that are named, and for patterns one with each combination of their parts and of other parts. */
function candidatesOf(named: readonly string[]): readonly string[] {
  const exact = named.filter((each) => !each.includes('*'));
  if (exact.length === named.length) return [...new Set([...exact, 'other.other.other'])];
  const parts = new Map<string, { readonly resources: Set<string>; readonly verbs: Set<string> }>();
  for (const text of named) {
    const [service, resource, verb] = permissionParts(text);
    const known = parts.get(service) ?? { resources: new Set(['other']), verbs: new Set(['other']) };
    parts.set(service, known);
    if (resource !== '*') known.resources.add(resource);
    if (verb !== '*') known.verbs.add(verb);
  }
  const combined = [...parts].flatMap(([service, { resources, verbs }]) =>
    [...resources].flatMap((resource) => [...verbs].map((verb) => `${service}/${resource}.${verb}`)),
  );
  return [...new Set([...exact, ...combined, 'other.googleapis.com/other.other'])].sort();
}

function satisfies(candidate: string, signed: readonly GoogleSigned[]): boolean {
  return signed.every(
    ({ literal, holds }) => literal.kind !== 'permission' || literal.includes(candidate) === holds,
  );
}
