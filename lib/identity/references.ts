import { optional, shape, string, type Rule } from '../core/rules';

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

const repository = shape<RepositoryReference>({
  repositoryId: string(),
  location: string(),
  project: optional(string()),
});

/** A repository, of which a resource has more properties than are read. */
export const repositoryReference: Rule = (value, property, report) => {
  const read = (given: object) =>
    Object.fromEntries(
      ['repositoryId', 'location', 'project'].map((name) => [name, (given as Record<string, unknown>)[name]]),
    );
  repository(typeof value === 'object' && value !== null ? read(value) : value, property, report);
};
