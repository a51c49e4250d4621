import { checkKeyLocation } from '../google/kms-keys';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../core/inherited';
import {
  addMetadataComment,
  justificationOf,
  justificationRules,
  type JustificationProps,
} from '../core/justification';
import { fitName } from '../core/names';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { integer, list, matching, optional, knownAtSynth, type Shape } from '../core/rules';
import { validate } from '../core/validation';
import { region } from '../google/locations';
import { agentProblems, allowAgentToRead } from './service-agents';
import { requireUniqueName } from '../core/unique-names';
import {
  GoogleServiceAccount,
  serviceAccountOptionRules,
  type IGoogleServiceAccount,
} from '../identity/google/google-service-account';
import type { GoogleGrants } from '../identity/google/grants';
import { kmsKeyName } from '../google/names';
import { project as projectRule, type GoogleProject } from '../google/project';
import { serviceAccount } from '../identity/google/principal';
import {
  BUCKET,
  REPOSITORY,
  type BucketReference,
  type RepositoryReference,
} from '../identity/google/references';
import { googleProviderRules, type GoogleProviderOptions } from '../google/options';
import { toBucket } from '../core/remedies';

/** Props of a `VertexTrainingIdentity`. */
export interface VertexTrainingIdentityProps extends JustificationProps, GoogleProviderOptions {
  /**
   * Project in which jobs run.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Region of the jobs and of the bucket.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /**
   * Part of the account's e-mail before the `@`: 6 to 30 lower-case letters, digits and hyphens.
   * @default - made of the construct path
   */
  readonly accountId?: string;
  /**
   * Name of the staging bucket: 3 to 63 lower-case letters, digits, hyphens, unique in the world.
   * @default - PROJECT_ID-ACCOUNT_ID-staging
   */
  readonly bucketName?: string;
  /**
   * Days after which files are deleted, trained models among them: 1 to 3,650. Old
   * versions are deleted after 30 days in any case.
   * @default - files are kept
   */
  readonly deleteAfterDays?: number;
  /**
   * Key of Cloud KMS that encrypts the bucket. Its project's storage agent must be allowed to use it.
   * @default - Google's own encryption at rest
   */
  readonly kmsKeyName?: string;
  /**
   * Repositories of the images of jobs. Vertex AI pulls images with its service agent, not with the account. The agent
   * has access to repositories of the same project and gets the reader role on those of other projects, which needs
   * `project.number`.
   * @default - repositories of the project
   */
  readonly imageRepositories?: readonly RepositoryReference[];
}

/** Account and bucket of training jobs and pipelines. */
export interface ITrainingIdentity {
  /** Account that the jobs run as. */
  readonly account: IGoogleServiceAccount;
  /** Bucket of their files. */
  readonly bucket: BucketReference;
  /**
   * Resources that a job with this identity must wait for.
   * @param scope scope of the job, or of the permission to submit it
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** Attributes of an existing training identity. */
export interface TrainingIdentityAttributes {
  /** Account of the jobs. Vertex AI rejects a default account of Google. */
  readonly account: IGoogleServiceAccount;
  /** Bucket of the files of the jobs. */
  readonly bucket: BucketReference;
}

const attributeRules: Shape<TrainingIdentityAttributes> = {
  account: serviceAccount,
  bucket: BUCKET.rule,
};

/** https://cloud.google.com/storage/docs/buckets#naming */
const STAGING_BUCKET = /^(?!goog)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]$/;

/**
 * An account for training jobs, with a dedicated bucket. Without an account, a custom job runs as the service agent of
 * Google, which has nearly the access of a project editor.
 * https://cloud.google.com/vertex-ai/docs/general/custom-service-account
 */
export class VertexTrainingIdentity extends Construct implements ITrainingIdentity {
  /** Imports an account and a bucket. The import grants nothing, so the account must have access to the bucket. */
  public static fromAttributes(
    scope: Construct,
    id: string,
    attributes: TrainingIdentityAttributes,
  ): ITrainingIdentity {
    const { account, bucket } = validate(new Construct(scope, id), attributes, attributeRules);
    return { account, bucket, dependenciesIn: (waiter) => account.dependenciesIn(waiter) };
  }

  /** Google service account that trainings run as. */
  public readonly account: IGoogleServiceAccount;
  /** Bucket for staged files and results. */
  public readonly bucket: BucketReference;
  /** Roles of the account: `training.grants.bucketReader(dataset, { reason })`. */
  public readonly grants: GoogleGrants;
  private readonly staging: StorageBucket;
  private readonly agentGrants: readonly AwaitedResource[];

  constructor(scope: Construct, id: string, given: VertexTrainingIdentityProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        project: projectRule,
        location: knownAtSynth(region),
        accountId: serviceAccountOptionRules.accountId,
        bucketName: optional(
          matching(
            STAGING_BUCKET,
            'have 3 to 63 lower-case letters, digits and hyphens, and not start with "goog"',
            (value) => toBucket(value, STAGING_BUCKET),
          ),
        ),
        deleteAfterDays: optional(integer(1, 3_650)),
        kmsKeyName: optional(kmsKeyName),
        imageRepositories: optional(list(REPOSITORY.rule)),
        ...googleProviderRules,
      },
      (values, report) => {
        checkKeyLocation(
          { property: 'kmsKeyName', key: values.kmsKeyName, location: values.location },
          report,
        );
        agentProblems(values.project, values.imageRepositories ?? []).forEach(report);
      },
    );
    const account = new GoogleServiceAccount(this, 'account', {
      ...justificationOf(props),
      project: props.project,
      accountId: props.accountId,
      googleProvider: props.googleProvider,
    });
    this.account = account;
    this.grants = account.grants;
    const accountId = account.email.split('@')[0] ?? '';
    this.bucket = { name: props.bucketName ?? stagingBucketName(props.project.id, accountId) };
    requireUniqueName(this, { property: 'bucketName', name: this.bucket.name, among: 'buckets' });
    this.staging = this.addBucket(props);
    account.grants.bucketUser(this.staging, { reason: 'jobs read and write their staged files' });
    const { project, imageRepositories = [], googleProvider } = props;
    this.agentGrants = allowAgentToRead(this, project, 'images', imageRepositories, googleProvider);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return [
      ...this.account.dependenciesIn(scope),
      ...dependenciesWithin(scope, [this.staging, ...this.grants.resources, ...this.agentGrants]),
    ];
  }

  private addBucket(props: WithInherited<VertexTrainingIdentityProps>): StorageBucket {
    const { deleteAfterDays } = props;
    const bucket = new StorageBucket(this, 'staging', {
      project: props.project.id,
      location: props.location.toUpperCase(),
      name: this.bucket.name,
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      versioning: { enabled: true },
      lifecycleRule: [
        { action: { type: 'Delete' }, condition: { daysSinceNoncurrentTime: 30, withState: 'ARCHIVED' } },
        { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
        ...(deleteAfterDays === undefined
          ? []
          : [{ action: { type: 'Delete' }, condition: { age: deleteAfterDays, withState: 'LIVE' } }]),
      ],
      encryption: props.kmsKeyName === undefined ? undefined : { defaultKmsKeyName: props.kmsKeyName },
      provider: props.googleProvider,
    });
    addMetadataComment(bucket, { ...justificationOf(props) });
    return bucket;
  }
}

/** A bucket name has no colon, and one with dots needs a verified domain. */
function stagingBucketName(projectId: string, accountId: string): string {
  const project = Token.isUnresolved(projectId) ? projectId : projectId.replace(/[.:]/g, '-');
  return fitName(`${project}-${accountId}-staging`, 63);
}
