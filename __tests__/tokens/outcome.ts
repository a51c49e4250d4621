import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  Tokenization,
  type TerraformStack,
} from 'cdktf';
import { ValidationError, type ValidationProblem } from '../../lib/core/errors';
import { testStack } from '../synth';
import { leavesOf } from './prop-types';
import type { TokenSubject } from './subject';
import { propsWith, tokensAt, variantWith, type PlacedToken } from './token-cases';

const resolver = new DefaultTokenResolver(new StringConcat());

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
    return rendered(stack);
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { problems: error.problems, message: error.message };
  }
}

/** JSON of the elements of a stack, each resolved once. cdktf resolves them up to three times for the whole stack. */
export function rendered(stack: TerraformStack): { readonly text: string } {
  stack.runAllValidations();
  const blocks = stack.node
    .findAll()
    .filter((each): each is TerraformElement => TerraformElement.isTerraformElement(each))
    .map((element): unknown => element.toTerraform());
  return { text: JSON.stringify(Tokenization.resolve(blocks, { scope: stack, resolver, preparing: false })) };
}
