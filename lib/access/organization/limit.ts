/** Effect of the policies of the organization on one permission of an edge. */
export type Limit =
  | { readonly kind: 'none' }
  /** The policies certainly deny each request. */
  | { readonly kind: 'denied'; readonly cause: string }
  /** The policies deny some requests. */
  | { readonly kind: 'partly'; readonly note: string };

export const NO_LIMIT: Limit = { kind: 'none' };

/** One limit of several: a denial wins, and the notes of partial limits are joined. */
export function joined(limits: readonly Limit[]): Limit {
  const denied = limits.find(({ kind }) => kind === 'denied');
  if (denied !== undefined) return denied;
  const notes = limits.flatMap((each) => (each.kind === 'partly' ? [each.note] : []));
  return notes.length === 0 ? NO_LIMIT : { kind: 'partly', note: [...new Set(notes)].join('; ') };
}
