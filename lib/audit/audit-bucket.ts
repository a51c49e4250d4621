import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { partitionOf, type AwsAccount } from '../aws/account';
import { terraformTextJson } from '../core/terraform-json';
import type { AwsProviderOptions } from '../aws/options';
import { addMetadataComment } from '../core/justification';

/** Props of an `AuditBucket`. */
export interface AuditBucketProps extends AwsProviderOptions {
  readonly name: string;
  readonly account: AwsAccount;
  readonly trailArn: string;
  readonly retentionDays: number;
  readonly deletionProtection: boolean;
  readonly kmsKeyArn?: string;
}

/** A bucket that one trail writes to: encrypted, versioned, over TLS only, and never public. */
export class AuditBucket extends Construct {
  public readonly bucketName: string;
  /** Resources that exist before the trail writes. */
  public readonly ready: readonly TerraformResource[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AuditBucketProps,
  ) {
    super(scope, id);
    this.bucketName = props.name;
    const bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name,
      lifecycle: props.deletionProtection ? { preventDestroy: true } : undefined,
      provider: props.awsProvider,
    });
    const isPrivate = new S3BucketPublicAccessBlock(this, 'private', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      provider: props.awsProvider,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
      provider: props.awsProvider,
    });
    const versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
      provider: props.awsProvider,
    });
    this.encrypt(bucket);
    this.forget(bucket, versioning);
    const policy = new S3BucketPolicy(this, 'policy', {
      bucket: bucket.id,
      policy: terraformTextJson({ Version: '2012-10-17', Statement: this.statements() }),
      // Both change public access, and S3 rejects one while it applies the other.
      dependsOn: [isPrivate],
      provider: props.awsProvider,
    });
    addMetadataComment(policy, { reason: 'CloudTrail writes the log, which is never changed' });
    this.ready = [policy];
  }

  private encrypt(bucket: S3Bucket): void {
    const { kmsKeyArn, awsProvider } = this.props;
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            kmsKeyArn === undefined
              ? { sseAlgorithm: 'AES256' }
              : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: kmsKeyArn },
          bucketKeyEnabled: kmsKeyArn !== undefined,
        },
      ],
      provider: awsProvider,
    });
  }

  private forget(bucket: S3Bucket, versioning: S3BucketVersioningA): void {
    const { retentionDays, awsProvider } = this.props;
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'retention',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: retentionDays }],
          // What was overwritten or deleted stays as long as it would have.
          noncurrentVersionExpiration: [{ noncurrentDays: retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
      dependsOn: [versioning],
      provider: awsProvider,
    });
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  private statements(): object[] {
    const { account, trailArn } = this.props;
    const arn = `arn:${partitionOf(account)}:s3:::${this.bucketName}`;
    const ofTrail = { 'aws:SourceArn': trailArn };
    const Principal = { Service: 'cloudtrail.amazonaws.com' };
    return [
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [arn, `${arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'CloudTrailAclCheck',
        Effect: 'Allow',
        Principal,
        Action: 's3:GetBucketAcl',
        Resource: arn,
        Condition: { StringEquals: ofTrail },
      },
      {
        Sid: 'CloudTrailWrite',
        Effect: 'Allow',
        Principal,
        Action: 's3:PutObject',
        Resource: `${arn}/AWSLogs/${account.id}/*`,
        Condition: { StringEquals: { ...ofTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      },
    ];
  }
}
