import type { Expression } from '../decide/google/cel/expression';
import { parseCondition } from '../decide/google/cel/parse';
import { Undecided } from '../decide/relation';
import { celText, conjunctsOf, fieldsIn } from './cel-text';
import { CelError, textOfCel } from './cel-types';
import { valueOf, type CelVariables } from './cel-value';
import type { TokenClaims } from './claims';
import type { TokenStep } from './explanation';
import type { MappedToken } from './google-mapping';

/** Checks the condition of a provider for a token. No condition accepts each token. */
export function checkCondition(
  condition: string | undefined,
  claims: TokenClaims,
  { attributes }: Pick<MappedToken, 'attributes'>,
): TokenStep {
  if (condition === undefined || condition === '') {
    return { stage: 'condition', result: 'accepts', text: 'The provider has no condition.' };
  }
  const variables: CelVariables = {
    assertion: claims,
    google: named('google', attributes),
    attribute: named('attribute', attributes),
  };
  try {
    const failed = conjunctsOf(parseCondition(condition)).map((each) => failureOf(each, variables));
    const causes = failed.flatMap((each) => each ?? []);
    return causes.length === 0
      ? { stage: 'condition', result: 'accepts', text: `The condition is true: ${condition}` }
      : {
          stage: 'condition',
          result: 'rejects',
          text: `The condition is not true: ${causes.join('; ')}.`,
          remedy: 'Change the condition, or send a token whose claims satisfy it.',
        };
  } catch (error) {
    if (error instanceof Undecided) return { stage: 'condition', result: 'unknown', text: error.message };
    throw error;
  }
}

function named(prefix: string, attributes: MappedToken['attributes']): CelVariables {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      name.startsWith(`${prefix}.`) ? [[name.slice(prefix.length + 1), value]] : [],
    ),
  );
}

/** Cause why a part of a condition is not true, with the values that it reads; `undefined` if it is true. */
function failureOf(part: Expression, variables: CelVariables): string | undefined {
  const text = celText(part);
  try {
    if (valueOf(part, variables) === true) return undefined;
  } catch (error) {
    if (error instanceof CelError) return `${text} has an error, ${error.message}`;
    throw error;
  }
  const values = fieldsIn(part).map((field) => `${celText(field)} is ${valueText(field, variables)}`);
  return [`${text} is false`, ...values].join(', ');
}

function valueText(field: Expression, variables: CelVariables): string {
  try {
    return textOfCel(valueOf(field, variables));
  } catch (error) {
    if (error instanceof CelError) return 'missing';
    throw error;
  }
}
