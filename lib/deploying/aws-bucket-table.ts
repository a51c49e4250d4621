import { actionsOf } from './aws-actions';
import type { AwsTypePermissions } from './type-permissions';

/** A part of a bucket that has one action to write and one to read. Deletion writes the default or has its own action. */
function part(write: string, read: string, remove = write): AwsTypePermissions {
  return {
    of: 'bucket',
    arns: ['arn:{partition}:s3:::{bucket}'],
    ...actionsOf('s3', { create: write, read: `${read} ListBucket`, update: write, delete: remove }),
  };
}

/** Needs of the resource types of Amazon S3. */
export const AWS_BUCKET_RESOURCES: Readonly<Record<string, AwsTypePermissions>> = {
  // The provider reads each part of a bucket, also those that the configuration does not set.
  aws_s3_bucket: {
    arns: ['arn:{partition}:s3:::{bucket}'],
    ...actionsOf('s3', {
      create: 'CreateBucket PutBucketTagging TagResource',
      read: 'GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration ListBucket ListTagsForResource',
      update: 'PutBucketTagging TagResource UntagResource',
      delete: 'DeleteBucket',
    }),
  },
  aws_s3_bucket_lifecycle_configuration: part('PutLifecycleConfiguration', 'GetLifecycleConfiguration'),
  aws_s3_bucket_notification: part('PutBucketNotification', 'GetBucketNotification'),
  aws_s3_bucket_ownership_controls: part('PutBucketOwnershipControls', 'GetBucketOwnershipControls'),
  aws_s3_bucket_policy: part('PutBucketPolicy', 'GetBucketPolicy', 'DeleteBucketPolicy'),
  aws_s3_bucket_public_access_block: part('PutBucketPublicAccessBlock', 'GetBucketPublicAccessBlock'),
  aws_s3_bucket_server_side_encryption_configuration: part(
    'PutEncryptionConfiguration',
    'GetEncryptionConfiguration',
  ),
  aws_s3_bucket_versioning: part('PutBucketVersioning', 'GetBucketVersioning'),
};
