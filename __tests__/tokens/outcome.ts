import type { TerraformStack } from 'cdktf';
import { ValidationError, type ValidationProblem } from '../../lib/core/errors';
import { testStack, type Configuration } from '../synth';
import { leavesOf } from './prop-types';
import type { TokenSubject } from './subject';
import { propsWith, tokensAt, variantWith, type PlacedToken } from './token-cases';

/** Result of a construction with a token: problems, or the configuration of the stack. */
export type Outcome =
  | { readonly problems: readonly ValidationProblem[]; readonly message: string }
  | { readonly configuration: Configuration; readonly text: string };

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
    return rendered(stack);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { problems: error.problems, message: error.message };
  }
}

/** Configuration of a stack. The pass of cdktf for references to other stacks is left out, because there are none. */
export function rendered(stack: TerraformStack): {
  readonly configuration: Configuration;
  readonly text: string;
} {
  stack.runAllValidations();
  const text = JSON.stringify(stack.toTerraform());
  return { configuration: JSON.parse(text) as Configuration, text };
}
