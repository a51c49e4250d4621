import { reference } from '../core/reference';
import { optional, string, type Rule, type Shape } from '../core/rules';

/** A secret of Secret Manager: what a `SecretManagerSecret` of the same stack has, or plain strings. */
export interface SecretReference {
  /** Id of the secret, for example `database-password`. */
  readonly secretId: string;
  /**
   * Id of its project.
   * @default - the project of the provider
   */
  readonly project?: string;
}

/** A bucket of Cloud Storage: what a `StorageBucket` of the same stack has, or a plain string. */
export interface BucketReference {
  /** Name of the bucket. */
  readonly name: string;
}

/** A repository of Artifact Registry: what an `ArtifactRegistryRepository` of the same stack has, or plain strings. */
export interface RepositoryReference {
  /** Id of the repository, for example `images`. */
  readonly repositoryId: string;
  /** Region or multi-region, for example `us-central1` or `us`. */
  readonly location: string;
  /**
   * Id of its project.
   * @default - the project of the provider
   */
  readonly project?: string;
}

/** A kind of thing that roles are granted on, and how it is named. */
export interface ReferenceKind {
  /** Kind of resource in names of grants. */
  readonly kind: string;
  /** The properties that name it, the most telling one first. */
  readonly properties: readonly string[];
  /** Validates the reference. A resource has more properties, which are not read. */
  readonly rule: Rule;
}

function referenceKind<T extends object>(kind: string, rules: Shape<T>): ReferenceKind {
  return { kind, properties: Object.keys(rules), rule: reference(rules) };
}

export const SECRET = referenceKind<SecretReference>('secret', {
  secretId: string(),
  project: optional(string()),
});

export const BUCKET = referenceKind<BucketReference>('bucket', { name: string() });

export const REPOSITORY = referenceKind<RepositoryReference>('repository', {
  repositoryId: string(),
  location: string(),
  project: optional(string()),
});
