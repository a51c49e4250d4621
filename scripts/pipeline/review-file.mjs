import { readFileSync } from 'node:fs';
import { PipelineError } from './pipeline-error.mjs';

/**
 * Reads the JSON of a review.
 *
 * @throws PipelineError if the file is no review with a digest
 */
export function readReview(file) {
  let review;
  try {
    review = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new PipelineError(`The review ${file} cannot be read (${cause.message}).`);
  }
  if (review?.version !== 1 || !/^[0-9a-f]{64}$/.test(review.digest) || !Array.isArray(review.stacks))
    throw new PipelineError(`${file} must be the JSON of a review. "plan-and-review.mjs" writes one.`);
  return review;
}
