import type { AwsStatement } from '../edges/aws-statement';

/** A policy of the organization, which only the cloud has: it limits what the policies of the stacks allow. */
export type OrganizationPolicy = AwsLimit | GoogleDenyPolicy | GoogleAccessBoundary;

/** A service control policy, a resource control policy, or a permissions boundary of AWS. */
export interface AwsLimit {
  readonly kind: 'serviceControl' | 'resourceControl' | 'permissionsBoundary';
  /** Name of the policy. */
  readonly name: string;
  readonly statements: readonly AwsStatement[];
  /**
   * ARNs of the identities with the boundary.
   * @default - each identity
   */
  readonly identities?: readonly string[];
}

/** A deny policy of Google Cloud. */
export interface GoogleDenyPolicy {
  readonly kind: 'denyPolicy';
  /** Name of the policy. */
  readonly name: string;
  /** Project that the policy is attached to; `undefined` for a folder or an organization. */
  readonly project: string | undefined;
  readonly rules: readonly GoogleDenyRule[];
}

/** One rule of a deny policy. */
export interface GoogleDenyRule {
  /** Principals, for example `principalSet://goog/public:all`. */
  readonly principals: readonly string[];
  readonly exceptions: readonly string[];
  /** Permissions as roles have them, for example `storage.objects.get`; `*` at the end is a pattern. */
  readonly permissions: readonly string[];
  /** CEL expression; empty if there is none. */
  readonly condition: string;
}

/** A principal access boundary of Google Cloud: principals that it is bound to can use these projects only. */
export interface GoogleAccessBoundary {
  readonly kind: 'principalAccessBoundary';
  /** Name of the policy. */
  readonly name: string;
  /** Ids of projects; `undefined` if the policy names a folder or an organization. */
  readonly projects: readonly string[] | undefined;
}
