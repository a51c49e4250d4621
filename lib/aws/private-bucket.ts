import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { terraformTextJson } from '../core/terraform-json';
import { partitionOf, type AwsAccount } from './account';
import type { AwsProviderOptions } from './options';

/** Props of a `PrivateBucket`. */
export interface PrivateBucketProps extends AwsProviderOptions {
  readonly name: string;
  readonly account: AwsAccount;
  readonly deletionProtection: boolean;
  readonly kmsKeyArn?: string;
  /** Statements of the bucket policy, after the one that requires TLS. */
  readonly statements: readonly object[];
}

/** A bucket of S3: encrypted, versioned, over TLS only, and never public. */
export class PrivateBucket extends Construct {
  public readonly bucketName: string;
  protected readonly bucket: S3Bucket;
  protected readonly versioning: S3BucketVersioningA;
  /** Policy of the bucket, which exists before the bucket is used. */
  protected readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucketName = props.name;
    const provider = props.awsProvider;
    this.bucket = new S3Bucket(this, 'bucket', {
      bucket: props.name,
      lifecycle: props.deletionProtection ? { preventDestroy: true } : undefined,
      provider,
    });
    const bucket = this.bucket.id;
    const isPrivate = new S3BucketPublicAccessBlock(this, 'private', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      provider,
    });
    new S3BucketOwnershipControls(this, 'ownership', {
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
      provider,
    });
    this.versioning = new S3BucketVersioningA(this, 'versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
      provider,
    });
    this.encrypt(props);
    this.policy = new S3BucketPolicy(this, 'policy', {
      bucket,
      policy: terraformTextJson({
        Version: '2012-10-17',
        Statement: [tlsOnly(props), ...props.statements],
      }),
      // Both change public access, and S3 rejects one while it applies the other.
      dependsOn: [isPrivate],
      provider,
    });
  }

  private encrypt({ kmsKeyArn, awsProvider }: PrivateBucketProps): void {
    new S3BucketServerSideEncryptionConfigurationA(this, 'encryption', {
      bucket: this.bucket.id,
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
}

/** ARN of a bucket in the partition of an account. */
export function bucketArnOf(account: AwsAccount, name: string): string {
  return `arn:${partitionOf(account)}:s3:::${name}`;
}

function tlsOnly({ account, name }: PrivateBucketProps): object {
  const arn = bucketArnOf(account, name);
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
