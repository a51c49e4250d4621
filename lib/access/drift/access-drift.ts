import type { AccessEdge } from '../graph/edge';
import type { AccessNode } from '../graph/node';

/**
 * Kind of a difference.
 * - `extra`: the cloud has access that the manifest does not have.
 * - `widened`: the cloud allows more than the grant of the manifest: more permissions, more resources, no denial.
 * - `weakened`: the condition of the cloud allows more.
 * - `missing`: the cloud does not have access of the manifest, or has only a part of it.
 */
export type DriftKind = 'extra' | 'widened' | 'weakened' | 'missing';

/** One difference between the manifest and a cloud. */
export interface DriftFinding {
  /** Kind of the difference. */
  readonly kind: DriftKind;
  /** The access: of the cloud, or of the manifest if it is missing or a denial. */
  readonly edge: AccessEdge;
  /**
   * A request that one side allows and the other does not.
   * @default - the other side has nothing to compare with
   */
  readonly witness?: unknown;
}

/** Access or content that was not compared. */
export interface NotCompared {
  /** Cause, as a sentence. */
  readonly reason: string;
  /**
   * Access that was not compared.
   * @default - the content is not access
   */
  readonly edge?: AccessEdge;
  /**
   * Name of the content. It can have any characters: output must escape it.
   * @default - the access has the names
   */
  readonly what?: string;
}

/** Comparison of a manifest with what the clouds have. */
export interface AccessDrift {
  /** Differences, by identity and kind. */
  readonly findings: readonly DriftFinding[];
  /** Access that is not in the manifest and that the clouds create themselves, for their services. */
  readonly cloudMade: readonly AccessEdge[];
  /** Access and content that were not compared. */
  readonly notCompared: readonly NotCompared[];
  /** Number of grants on each side of the comparison. */
  readonly compared: { readonly manifest: number; readonly clouds: number };
  /** Nodes of both sides, sorted by id. */
  readonly nodes: readonly AccessNode[];
}
