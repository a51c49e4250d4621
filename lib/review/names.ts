import type { Review } from './review';

/** The review with the name of each known id beside it: `123456789012 (production)`. */
export function withNames(review: Review, names: Readonly<Record<string, string>>): Review {
  const ids = Object.keys(names)
    .filter((id) => id !== '')
    .sort((a, b) => b.length - a.length);
  if (ids.length === 0) return review;
  const pattern = new RegExp(ids.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
  const named = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(pattern, (id) => `${id} (${names[id] ?? ''})`);
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, named(each)]));
  };
  const { stacks, access, newFindings, exceeded, others, ...rest } = review;
  return { ...rest, ...(named({ stacks, access, newFindings, exceeded, others }) as typeof review) };
}
