import type { AccessSource } from './source';

/**
 * Statement of an edge.
 * - `assumes`: the identity may become the other identity: a trust policy, a token of a service account.
 * - `federates`: the token of the identity is accepted by the provider, or the provider maps it to a member.
 * - `grants`: the identity has permissions on the resource.
 * - `is`: both names are one identity, or the identity is a member of the set, for example a service account and its
 *   Kubernetes user.
 * - `runsAs`: the function, state machine or pod has the identity.
 * - `starts`: the identity can create or start a workload, which then has its own identity.
 */
export type AccessEdgeKind = 'assumes' | 'federates' | 'grants' | 'is' | 'runsAs' | 'starts';

/** One grant, trust or relation between two nodes. */
export interface AccessEdge {
  /** Stable id: a hash of kind, ends, permissions, condition and effect. */
  readonly id: string;
  /** Statement of the edge. */
  readonly kind: AccessEdgeKind;
  /** Id of the node that has the access. */
  readonly from: string;
  /** Id of the node that is accessed. */
  readonly to: string;
  /** Whether the edge allows or denies. A denial wins over every allowance of the same request. */
  readonly effect: 'allow' | 'deny';
  /**
   * Permissions: AWS actions, Google permissions, or Kubernetes `verb group/resource`; patterns are allowed. Sorted.
   * Empty if the role is known by name only, or if the kind needs none.
   */
  readonly permissions: readonly string[];
  /**
   * Role that has the permissions, for example `roles/storage.objectViewer`.
   * @default - the policy itself has the permissions
   */
  readonly role?: string;
  /**
   * Conditions of the edge in the language of its cloud, one text each: an AWS condition block as JSON, a CEL
   * expression, the names of an RBAC rule.
   * @default - no condition
   */
  readonly conditions?: readonly string[];
  /**
   * Names of the identity in the policies, where they state more than the node: a member with its pool, an ARN with its
   * account. A `*` is a part that is known after apply. Sorted.
   * @default - the name of the node is complete
   */
  readonly principals?: readonly string[];
  /**
   * Names of the resource in the policies, where they state more than the node: ARNs of an alias, of the objects of a
   * bucket. A `*` is any text, or a part that is known after apply. Sorted.
   * @default - the name of the node is complete
   */
  readonly resources?: readonly string[];
  /**
   * Whether parts of the edge are known only after apply. Such an edge counts as possible.
   * @default false
   */
  readonly possible?: boolean;
  /**
   * Purpose of the access.
   * @default - no reason is recorded
   */
  readonly reason?: string;
  /**
   * Team or person responsible.
   * @default - no owner is recorded
   */
  readonly owner?: string;
  /**
   * Ticket of the request.
   * @default - no ticket is recorded
   */
  readonly ticket?: string;
  /**
   * Date of the next review as YYYY-MM-DD.
   * @default - no date is recorded
   */
  readonly reviewBy?: string;
  /**
   * Evidence in the log that this identity made the call: an authenticated principal, a session name that the trust
   * constrains, or a statement of the caller.
   */
  readonly evidence: 'authenticated' | 'session' | 'selfAsserted';
  /** Resources that declare the edge; more than one if the access needs several, for example a role and its binding. */
  readonly sources: readonly AccessSource[];
}
