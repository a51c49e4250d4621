import { InputError } from '../../core/input-error';
import { isCelMap, type CelValue } from './cel-types';

/** Claims of a token by name. */
export type TokenClaims = Readonly<Record<string, CelValue>>;

/** Input that is not the claims of a token. */
export class ClaimsError extends InputError {}

/** Three parts of Base64url, as a signed token has. */
const TOKEN = /^\s*"?[\w-]+\.[\w-]+\.[\w-]+"?\s*$/;

/**
 * Reads the JSON of claims.
 * @throws ClaimsError for another text, also for a signed token: a token in a file is a credential
 */
export function readClaims(text: string): TokenClaims {
  if (TOKEN.test(text)) {
    throw new ClaimsError(
      'CLAIMS must be the JSON of the claims (got a signed token). Decode the second part of the token, and keep the token out of files.',
    );
  }
  let claims: unknown;
  try {
    claims = JSON.parse(text);
  } catch (error) {
    throw new ClaimsError(`CLAIMS must be JSON (got ${(error as Error).message}).`, { cause: error });
  }
  if (!isCelMap(claims as CelValue)) throw new ClaimsError('CLAIMS must be an object of claims by name.');
  return claims as TokenClaims;
}

/** Texts of a claim that is a text or a list of texts. */
export function textsOf(value: CelValue | undefined): readonly string[] {
  return [value ?? []].flat().filter((each): each is string => typeof each === 'string');
}
