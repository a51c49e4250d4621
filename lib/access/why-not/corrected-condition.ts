import type { Expression } from '../decide/google/cel/expression';
import { attributeOf } from '../decide/google/cel/expression';
import { parseCondition } from '../decide/google/cel/parse';
import { Undecided } from '../decide/relation';
import { celText, conjunctsOf } from '../token/cel-text';
import type { TokenClaims } from '../token/claims';

/**
 * The condition with the texts that these values have in place of those that it compares with, for conjunctions of
 * `NAME == "text"`; `undefined` if another form of comparison is false.
 */
export function corrected(
  condition: string,
  claims: TokenClaims,
  attributes: Readonly<Record<string, string | readonly string[]>>,
): string | undefined {
  const valueOf = (name: string) =>
    name.startsWith('assertion.') ? claims[name.slice('assertion.'.length)] : attributes[name];
  try {
    const parts = conjunctsOf(parseCondition(condition)).map((each) => correctedPart(each, valueOf));
    return parts.includes(undefined) ? undefined : parts.join(' && ');
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

function correctedPart(part: Expression, valueOf: (name: string) => unknown): string | undefined {
  if (part.kind !== 'binary' || part.operator !== '==' || part.right.kind !== 'text') return undefined;
  const name = attributeOf(part.left);
  const value = name === undefined ? undefined : valueOf(name);
  if (typeof value !== 'string') return undefined;
  return celText({ ...part, right: { kind: 'text', value } });
}
