import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';
import type { AccessPath } from '../questions/reach';

/** Calls of one identity with one permission on one resource. */
export interface ObservedAccess {
  /** Log with the calls. */
  readonly log: string;
  /** Id of the node of the identity, or its name if the manifest does not have it. */
  readonly identity: string;
  /** Permission of the calls. */
  readonly permission: string;
  /** Resource as the log names it. */
  readonly resource: string;
  /** Number of calls. */
  readonly count: number;
  /** Time of the first call in RFC 3339. */
  readonly first: string;
  /** Time of the last call in RFC 3339. */
  readonly last: string;
  /**
   * Edges of the manifest that explain the calls.
   * @default - no path of the manifest explains them, or the calls were denied
   */
  readonly path?: AccessPath;
}

/** A grant of the manifest with permissions that no call of the logs used. */
export interface UnusedGrant {
  /** The grant. */
  readonly edge: AccessEdge;
  /** Permissions without a call; the role if it is known by name alone. */
  readonly permissions: readonly string[];
  /** Change to the constructs that removes the permissions, as a sentence. */
  readonly change: string;
}

/** A grant of the manifest whose use the logs cannot show. */
export interface UnjudgedGrant {
  /** The grant. */
  readonly edge: AccessEdge;
  /** Cause, with the log that must be enabled. */
  readonly reason: string;
}

/** Calls of logs with the paths of a manifest that explain them, and grants that no call used. */
export interface AccessObserved {
  /** Times of the first and the last call; `undefined` if the logs have none. */
  readonly window: { readonly first: string; readonly last: string } | undefined;
  /** Calls that a path of the manifest explains. */
  readonly explained: readonly ObservedAccess[];
  /** Calls that no path of the manifest explains. */
  readonly unexplained: readonly ObservedAccess[];
  /** Calls that were denied. They are not access. */
  readonly denied: readonly ObservedAccess[];
  /** Calls of the control plane, and calls that every user of a cluster may make. */
  readonly system: readonly ObservedAccess[];
  /** Grants with permissions that no call used. */
  readonly unused: readonly UnusedGrant[];
  /** Grants whose use the logs cannot show. */
  readonly unjudged: readonly UnjudgedGrant[];
  /** Nodes of the manifest. */
  readonly nodes: readonly AccessNode[];
}
