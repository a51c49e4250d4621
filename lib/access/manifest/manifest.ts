import { createHash } from 'node:crypto';
import { withSortedNames } from '../../core/text/sorted-names';
import type { Model } from '../../model/model';
import { accessGraph } from '../access-graph';
import type { AccessGraph } from '../graph/graph';

/** Version of the form of the manifest. */
export const MANIFEST_VERSION = 1;

/** The access graph as a document that is committed, compared and signed. */
export interface AccessManifest extends AccessGraph {
  /** Version of the form. */
  readonly version: 1;
  /** Names of the stacks, sorted. */
  readonly stacks: readonly string[];
  /** SHA-256 of the rest of the manifest in hexadecimal. It has no time stamp, so equal access has an equal digest. */
  readonly digest: string;
}

/** Manifest of the stacks of a model. */
export function accessManifest(model: Model): AccessManifest {
  return manifestOf(
    accessGraph(model),
    model.stacks.map(({ name }) => name),
  );
}

/** Manifest of a graph. */
export function manifestOf(graph: AccessGraph, stacks: readonly string[]): AccessManifest {
  const body = { version: MANIFEST_VERSION, stacks: [...stacks].sort(), ...graph } as const;
  return { ...body, digest: digestOf(body) };
}

function digestOf(body: Omit<AccessManifest, 'digest'>): string {
  return createHash('sha256')
    .update(JSON.stringify(withSortedNames(body)))
    .digest('hex');
}

/** Whether the digest of a manifest is the digest of its content. */
export function isUnchanged({ digest, ...body }: AccessManifest): boolean {
  return digest === digestOf(body);
}
