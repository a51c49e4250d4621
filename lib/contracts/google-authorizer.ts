/*
 * Settings of the authorizer of a `PubSubTrigger`. The function imports no other file of the library.
 */

/** Environment variable with the `GoogleCaller` as JSON. */
export const CALLER_VARIABLE = 'GOOGLE_CALLER';

/** Identity whose tokens the authorizer accepts. */
export interface GoogleCaller {
  /** Audience of the token, compared as a whole. */
  readonly audience: string;
  /** E-mail address of the service account. */
  readonly email: string;
}
