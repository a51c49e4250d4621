import { InputError } from '../../core/input-error';
import { isObject } from '../../core/is-object';
import { isUnchanged, MANIFEST_VERSION, type AccessManifest } from './manifest';

/** A file that is not a manifest of this version, or that was changed by hand. */
export class ManifestError extends InputError {
  /** Name of the class. */
  public override readonly name = 'ManifestError';
}

/** Whether a JSON document is meant as a manifest. */
export function isManifest(value: unknown): boolean {
  return isObject(value) && 'digest' in value && 'nodes' in value && 'edges' in value;
}

/**
 * The manifest in a JSON document.
 * @throws ManifestError if the document has another form or another version, or if the digest differs
 */
export function readManifest(value: unknown): AccessManifest {
  if (!isObject(value) || !isManifest(value)) {
    throw new ManifestError(
      'The document must be an access manifest. "cdktf-multicloud access manifest" writes one.',
    );
  }
  if (value.version !== MANIFEST_VERSION) {
    throw new ManifestError(
      `version must be ${MANIFEST_VERSION} (got ${JSON.stringify(value.version)}). Use the release that wrote the manifest.`,
    );
  }
  for (const list of ['nodes', 'edges', 'gaps', 'stacks']) {
    if (!Array.isArray(value[list]))
      throw new ManifestError(`${list} must be a list. Write the manifest again.`);
  }
  const manifest = value as unknown as AccessManifest;
  if (!isUnchanged(manifest)) {
    throw new ManifestError(
      'digest must be the SHA-256 of the manifest: the file was changed. Write the manifest again.',
    );
  }
  const ids = new Set(manifest.nodes.map(({ id }) => id));
  const lost = manifest.edges.flatMap(({ from, to }) => [from, to]).find((id) => !ids.has(id));
  if (lost === undefined) return manifest;
  throw new ManifestError(`nodes must have each end of an edge (got none with the id "${lost}").`);
}
