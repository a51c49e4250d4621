import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { AwsAccount } from '../aws/account';
import type { AwsProviderOptions } from '../aws/options';
import { addMetadataComment } from '../core/justification';
import { bucketArnOf, PrivateBucket } from '../aws/private-bucket';

/** Props of an `AuditBucket`. */
export interface AuditBucketProps extends AwsProviderOptions {
  readonly name: string;
  readonly account: AwsAccount;
  readonly trailArn: string;
  readonly retentionDays: number;
  readonly deletionProtection: boolean;
  readonly kmsKeyArn?: string;
}

/** A bucket that one trail writes to. Objects expire after the retention. */
export class AuditBucket extends PrivateBucket {
  /** Resources that exist before the trail writes. */
  public readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AuditBucketProps) {
    super(scope, id, { ...props, statements: statementsOf(props) });
    addMetadataComment(this.policy, { reason: 'CloudTrail writes the log, which is never changed' });
    this.forget(props);
    this.ready = [this.policy];
  }

  private forget({ retentionDays, awsProvider }: AuditBucketProps): void {
    new S3BucketLifecycleConfiguration(this, 'lifecycle', {
      bucket: this.bucket.id,
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
      dependsOn: [this.versioning],
      provider: awsProvider,
    });
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
function statementsOf({ account, trailArn, name }: AuditBucketProps): object[] {
  const arn = bucketArnOf(account, name);
  const ofTrail = { 'aws:SourceArn': trailArn };
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  return [
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
