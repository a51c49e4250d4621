import { reference } from '../../core/reference';
import { matching, optional, type Rule, type Shape } from '../../core/rules';
import { useRegionOf } from '../../google/locations';
import { projectId } from '../../google/project';
import { toBucket } from '../../core/remedies';

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

/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create */
const secretId: Rule = matching(
  /^[A-Za-z0-9_-]{1,255}$/,
  'be the id of a secret: 1 to 255 letters, digits, "-" and "_"',
  (value) => {
    const name = /^projects\/[^/]+\/secrets\/([^/]+)|^([A-Za-z0-9_-]+)\/versions\//.exec(value);
    return name === null ? undefined : `Use "${name[1] ?? name[2]}", and set project to its project.`;
  },
);

/** https://cloud.google.com/storage/docs/buckets#naming */
const BUCKET_NAME = /^[a-z0-9]([a-z0-9_.-]{1,220})[a-z0-9]$/;

const bucketName: Rule = matching(
  BUCKET_NAME,
  'be the name of a bucket: lower-case letters, digits, "-", "_" and ".", at least three characters',
  (value) => toBucket(value, BUCKET_NAME),
);

/** https://cloud.google.com/artifact-registry/docs/repositories/create-repos */
const repositoryId: Rule = matching(
  /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  'be the id of a repository: 1 to 63 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen',
  (value) => {
    const name = /^projects\/[^/]+\/locations\/[^/]+\/repositories\/([^/]+)$/.exec(value)?.[1];
    return name === undefined ? undefined : `Use "${name}", and set project and location.`;
  },
);

/** https://cloud.google.com/artifact-registry/docs/repositories/repo-locations */
const repositoryLocation: Rule = matching(
  /^([a-z]+-[a-z]+\d{1,2}|us|europe|asia)$/,
  'be a region, for example "us-central1", or one of "us", "europe" and "asia"',
  (value) => useRegionOf(value) ?? (/[A-Z]/.test(value) ? `Use "${value.toLowerCase()}".` : undefined),
);

export const SECRET = referenceKind<SecretReference>('secret', { secretId, project: optional(projectId) });

export const BUCKET = referenceKind<BucketReference>('bucket', { name: bucketName });

export const REPOSITORY = referenceKind<RepositoryReference>('repository', {
  repositoryId,
  location: repositoryLocation,
  project: optional(projectId),
});
