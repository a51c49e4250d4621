import { createHash } from 'node:crypto';
import { reviewMarkdown } from '../../lib/review/markdown';
import type { Review } from '../../lib/review/review';
import { HostError, type CommentHost } from './host';

/** Options of a comment. */
export interface PostOptions {
  /** Names of the stacks that must have a plan. */
  readonly expected: readonly string[];
  /** Login of the author whose comment is updated. */
  readonly author?: string;
  /** Whether a review without changes makes no new comment. */
  readonly skipsNoChanges: boolean;
}

/** Result of a post. */
export type Posted = 'created' | 'skipped' | 'updated';

/** Lengths that are tried in turn: a host can count other characters than JavaScript does. */
const LIMITS = [60_000, 40_000, 20_000];

/** Marker of the comment. It depends on the names of the stacks alone, so that every version finds it. */
export function markerOf(stacks: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([...new Set(stacks)].sort()))
    .digest('hex');
  return `<!-- cdktf-multicloud review ${hash.slice(0, 16)} -->`;
}

/** Text of the comment. */
export function bodyOf(review: Review, expected: readonly string[], limit = LIMITS[0]): string {
  const names = review.stacks.map(({ name }) => name);
  const missing = expected.filter((name) => !names.includes(name));
  const note =
    missing.length === 0
      ? ''
      : `\n\n> **No plan of these stacks:** ${missing.map((name) => `\`${name.replace(/[^\w.-]/g, '_')}\``).join(', ')}`;
  const marker = markerOf([...names, ...expected]);
  const text = reviewMarkdown(review, (limit ?? 0) - note.length - marker.length - 2);
  return `${marker}\n${text}${note}`;
}

/** Creates the comment of a review, or updates the one that this author made before. */
export async function post(review: Review, host: CommentHost, options: PostOptions): Promise<Posted> {
  const { expected, skipsNoChanges } = options;
  const names = review.stacks.map(({ name }) => name);
  const marker = markerOf([...names, ...expected]);
  const author = options.author ?? (await host.login());
  // Each user can write the marker into a comment, so the author counts.
  const own = (await host.list()).filter(
    (comment) => comment.author === author && comment.body.startsWith(marker),
  );
  const last = own.at(-1);
  const hasChanges = review.stacks.some(
    ({ counts, drift, warnings }) => Object.keys(counts).length + drift.length + warnings.length > 0,
  );
  const isMissing = expected.some((name) => !names.includes(name));
  if (last === undefined && skipsNoChanges && !hasChanges && !isMissing) return 'skipped';
  for (const limit of LIMITS) {
    const body = bodyOf(review, expected, limit);
    try {
      if (last === undefined) await host.create(body);
      else await host.update(last.id, body);
      return last === undefined ? 'created' : 'updated';
    } catch (error) {
      // 422 is the answer to a comment that is too long.
      if (!(error instanceof HostError) || error.status !== 422 || limit === LIMITS.at(-1)) throw error;
    }
  }
  return 'skipped';
}
