import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { GcsBackend, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { boolean, knownAtSynth, matching, optional } from '../../core/rules';
import { checkUniqueName } from '../../core/unique-names';
import { validate } from '../../core/validation';
import { kmsKeyName } from '../../google/names';
import { googleProviderRules, type GoogleProviderOptions } from '../../google/options';
import { project, type GoogleProject } from '../../google/project';
import { requireNoBackend, type IStateBackend } from './state-backend';

/** Seconds for which deleted objects can be restored: 30 days. */
const SOFT_DELETE = 2_592_000;

/** Props of a `GcsStateBackend`. */
export interface GcsStateBackendProps extends GoogleProviderOptions {
  /** Name of the bucket: 3 to 63 lower-case letters, digits, hyphens and underscores, unique in the world. */
  readonly bucketName: string;
  /** Region or multi-region of the bucket, for example `europe-west1` or `EU`. */
  readonly location: string;
  /**
   * Project of the bucket.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Cloud KMS key of the state. The service agent of Cloud Storage must be allowed to use it.
   * @default - encryption with keys of Google
   */
  readonly kmsKeyName?: string;
  /**
   * Whether Terraform rejects the destruction of the bucket.
   * @default true
   */
  readonly deletionProtection?: boolean;
}

/**
 * Bucket of Cloud Storage for Terraform state: versioned, with uniform access, never public. Deleted objects can be
 * restored for 30 days. Terraform locks the state with an object beside it.
 */
export class GcsStateBackend extends Construct implements IStateBackend {
  /** Service of the bucket. */
  public readonly service = 'gcs';
  /** Name of the bucket. Known at synth. */
  public readonly bucketName: string;

  constructor(scope: Construct, id: string, given: GcsStateBackendProps) {
    super(scope, id);
    const props: WithInherited<GcsStateBackendProps> = validate(
      this,
      given,
      {
        // A backend is configured before Terraform knows any value.
        bucketName: knownAtSynth(
          matching(
            /^[a-z0-9][a-z0-9_-]{1,61}[a-z0-9]$/,
            'have 3 to 63 lower-case letters, digits, hyphens and underscores, and start and end with a letter or digit',
          ),
        ),
        location: matching(
          /^([A-Za-z]+-[A-Za-z]+\d{1,2}|[A-Za-z]{2,4}\d?)$/,
          'be a region or multi-region, for example "europe-west1" or "EU"',
        ),
        project,
        kmsKeyName: optional(kmsKeyName),
        deletionProtection: optional(boolean),
        ...googleProviderRules,
      },
      ({ bucketName: name }, report) =>
        checkUniqueName(this, { property: 'bucketName', name, among: 'buckets of Cloud Storage' }, report),
    );
    this.bucketName = props.bucketName;
    this.node.defaultChild = new StorageBucket(this, 'bucket', {
      project: props.project.id,
      name: props.bucketName,
      location: props.location,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: SOFT_DELETE },
      encryption: props.kmsKeyName === undefined ? undefined : { defaultKmsKeyName: props.kmsKeyName },
      lifecycle: props.deletionProtection === false ? undefined : { preventDestroy: true },
      provider: props.googleProvider,
    });
  }

  /** Stores the state of a stack in the object `STACK/default.tfstate`. */
  public configure(stack: TerraformStack): void {
    requireNoBackend(this, stack);
    new GcsBackend(stack, { bucket: this.bucketName, prefix: stack.node.id });
  }

  /** None: the pipeline gets roles on the bucket. */
  public statementsOf(): object[] {
    return [];
  }
}
