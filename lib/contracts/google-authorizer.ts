/*
 * How the authorizer of a `PubSubTrigger` is set up. The function takes nothing else from the library.
 */

/** Environment variable that holds the `GoogleCaller` as JSON. */
export const CALLER_VARIABLE = 'GOOGLE_CALLER';

/** Whose tokens are let in. */
export interface GoogleCaller {
  /** What the token is for, character by character. */
  readonly audience: string;
  /** E-mail of the service account. */
  readonly email: string;
}
