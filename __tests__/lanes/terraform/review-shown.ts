import { plainReview, type Review } from '../../../lib/review';

/**
 * A review for a terminal. The texts of findings, the coverage and the digest are tested elsewhere; the queues of the lab
 * have a text as policy that is not JSON.
 */
export function shown(review: Review): string {
  const rules = review.newFindings.map(({ id, address }) => `  ${id}  ${address}`);
  const text = plainReview({ ...review, newFindings: [], oldFindings: 0 }).replace(
    /\n\n\d+ of \d+ resources[^]*/,
    '',
  );
  return [text, ...(rules.length === 0 ? [] : ['', 'New findings', ...rules])].join('\n');
}
