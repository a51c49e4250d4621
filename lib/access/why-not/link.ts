import type { AccessEdge } from '../graph/edge';
import type { ConfigurationChange } from './change';

/** Part of the configuration that rejects a link. */
export type RejectionStage =
  | 'admission'
  | 'claim'
  | 'condition'
  | 'denial'
  | 'dependency'
  | 'execution role'
  | 'mapping'
  | 'member'
  | 'network'
  | 'policy'
  | 'provider'
  | 'RBAC'
  | 'resource'
  | 'role'
  | 'service account'
  | 'trust';

/** Cause why a link of the chain does not hold. */
export interface Rejection {
  /** Part of the configuration that rejects the link. */
  readonly stage: RejectionStage;
  /** Cause as a sentence. Names are as in the configuration: output must escape them. */
  readonly cause: string;
  /** Stack and address of the resource that decides. */
  readonly stack: string;
  /** Address of the resource that decides. */
  readonly address: string;
  /**
   * Change that makes the link hold.
   * @default - no single change of a value does
   */
  readonly change?: ConfigurationChange;
  /**
   * Effort of the change: 1 for a value that has no other use, 2 for a value that others use, 4 for access that no
   * resource states.
   */
  readonly cost: number;
}

/** A link between two nodes: an edge of the graph, or one that a resource almost states. */
export interface Link {
  /** Id of the node. */
  readonly from: string;
  /** Id of the node; `undefined` for the permission on the resource of the question. */
  readonly to: string | undefined;
  /** Causes why the link does not hold; empty if it does. */
  readonly rejections: readonly Rejection[];
  /**
   * Edge of the graph.
   * @default - no resource states the link completely
   */
  readonly edge?: AccessEdge;
}

/** The permission on a resource of a question. */
export interface Goal {
  /** AWS action, Google permission or role, or `VERB GROUP/RESOURCE` of Kubernetes. */
  readonly permission: string;
  /** Ids of the nodes that the name of the resource means. */
  readonly targets: readonly string[];
}

/** Sum of the efforts. */
export function costOf(rejections: readonly Rejection[]): number {
  return rejections.reduce((sum, { cost }) => sum + cost, 0);
}
