import type { AccessEdge } from './edge';
import type { AccessNode } from './node';
import type { AccessSource } from './source';

/** Identities, what they can use, and the grants between them, of all stacks together. */
export interface AccessGraph {
  /** Nodes, sorted by id. */
  readonly nodes: readonly AccessNode[];
  /** Edges, sorted by id. */
  readonly edges: readonly AccessEdge[];
  /** Resources that the reader did not understand: access can exist that the graph does not show. */
  readonly gaps: readonly AccessGap[];
  /** Number of resources that state access, and number of those that were read completely. */
  readonly coverage: { readonly stated: number; readonly read: number };
}

/** Access that a resource states and the graph cannot show. */
export interface AccessGap {
  /** Resource and argument. */
  readonly source: AccessSource;
  /** Cause, as a sentence. */
  readonly reason: string;
}
