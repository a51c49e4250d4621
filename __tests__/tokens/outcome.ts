import { ValidationError, type ValidationProblem } from '../../lib/core/errors';
import { blocks, testStack } from '../synth';
import { leavesOf } from './prop-types';
import type { TokenSubject } from './subject';
import { propsWith, tokensAt, variantWith, type PlacedToken } from './token-cases';

/** Result of a construction with a token: problems, or the JSON of the elements of the stack. */
export type Outcome =
  { readonly problems: readonly ValidationProblem[]; readonly message: string } | { readonly text: string };

/** Each token in place of each value of a subject. */
export function placedTokens(title: string, subject: TokenSubject): PlacedToken[] {
  const probe = testStack();
  return leavesOf(title).flatMap((leaf) => {
    const variant = variantWith(subject, leaf, probe);
    return variant ? tokensAt(leaf, variant) : [];
  });
}

/** Creates a subject with a token. Errors of other kinds are thrown. */
export function outcomeOf(subject: TokenSubject, placed: PlacedToken): Outcome {
  const stack = testStack();
  try {
    subject.make(stack, propsWith(placed, stack) as never);
    return { text: JSON.stringify(blocks(stack)) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { problems: error.problems, message: error.message };
  }
}
