import type { CelRequest } from '../cel/request';

/** A request that policy A allows and policy B does not: the witness of a comparison of policies of Google Cloud. */
export interface GoogleRequest extends CelRequest {
  /** `user:…`, `serviceAccount:…`, `principal://…`, or `anonymous` for a request without credentials. */
  readonly principal: string;
  /** Groups, attributes and organizations of the principal, as the policies name them. It has no other ones of them. */
  readonly memberOf: readonly string[];
  /** Permission of the request; undefined in a comparison of members. */
  readonly permission?: string;
  /** Role of which the request uses a permission, where the permissions of the role are not known. */
  readonly role?: string;
}
