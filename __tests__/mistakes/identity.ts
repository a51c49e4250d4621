import type { Mistake } from './mistake';

/*
 * Sources: https://github.com/google-github-actions/auth/blob/main/docs/TROUBLESHOOTING.md
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

export const identity: readonly Mistake[] = [
  [
    'an account id of five characters',
    'GoogleServiceAccount',
    () => ({ accountId: 'books' }),
    'prod/it: accountId must have 6 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "books").',
  ],
  [
    'an account id with an underscore',
    'GoogleServiceAccount',
    () => ({ accountId: 'books_reader' }),
    'prod/it: accountId must have 6 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "books_reader"). Use "books-reader-3c253d30".',
  ],
  [
    'an account id of 31 characters',
    'GoogleServiceAccount',
    () => ({ accountId: 'b'.repeat(31) }),
    'prod/it: accountId must have 6 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"). Use "bbbbbbbbbbbbbbbbbbbbb-dd49266d".',
  ],
  [
    'an e-mail in place of the account id',
    'GoogleServiceAccount',
    () => ({ accountId: 'reader@my-project.iam.gserviceaccount.com' }),
    'prod/it: accountId must have 6 to 30 lower-case letters, digits and hyphens, start with a letter and not end with a hyphen (got "reader@my-project.iam.gserviceaccount.com"). Use "reader-my-project-iam-4982c0fc".',
  ],
  [
    'a display name of 101 bytes',
    'GoogleServiceAccount',
    () => ({ displayName: 'b'.repeat(101) }),
    'prod/it: displayName must be one line of text with at least one visible character, at most 100 bytes, and no "${" or "%{" (got "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb… (103 characters)). Shorten it by 1 bytes.',
  ],
  [
    'an e-mail of a person',
    'GoogleServiceAccount.fromEmail',
    () => ({ email: 'ada@example.com' }),
    'prod/it: email must be the e-mail of a Google service account, NAME@PROJECT.iam.gserviceaccount.com (got "ada@example.com").',
  ],
  [
    'a member in place of an e-mail',
    'GoogleServiceAccount.fromEmail',
    () => ({ email: 'serviceAccount:reader@my-project.iam.gserviceaccount.com' }),
    'prod/it: email must be the e-mail of a Google service account, NAME@PROJECT.iam.gserviceaccount.com (got "serviceAccount:reader@my-project.iam.gserviceaccount.com").',
  ],
  [
    'a pool id with an underscore',
    'AwsToGoogleFederation',
    () => ({ poolId: 'aws_jobs' }),
    'prod/it: poolId must have 4 to 32 lower-case letters, digits and hyphens, and not start with "gcp-", which Google reserves (got "aws_jobs"). Use "aws-jobs".',
  ],
  [
    'a pool id with the prefix gcp-',
    'AwsToGoogleFederation',
    () => ({ poolId: 'gcp-jobs' }),
    'prod/it: poolId must have 4 to 32 lower-case letters, digits and hyphens, and not start with "gcp-", which Google reserves (got "gcp-jobs").',
  ],
  [
    'a pool id of three characters',
    'AwsToGoogleFederation',
    () => ({ poolId: 'aws' }),
    'prod/it: poolId must have 4 to 32 lower-case letters, digits and hyphens, and not start with "gcp-", which Google reserves (got "aws").',
  ],
  [
    'the ARN of a role in place of its name',
    'AwsToGoogleFederation',
    () => ({ roles: ['arn:aws:iam::210987654321:role/api'] }),
    'prod/it: roles[0] must be the name of an IAM role, with 1 to 64 letters, digits and characters of "_+=,.@-" (got "arn:aws:iam::210987654321:role/api"). Use "api": the name alone, without ARN and path.',
  ],
  [
    'a role with a path',
    'AwsToGoogleFederation',
    () => ({ roles: ['service-role/api'] }),
    'prod/it: roles[0] must be the name of an IAM role, with 1 to 64 letters, digits and characters of "_+=,.@-" (got "service-role/api"). Use "api": the name alone, without ARN and path.',
  ],
  [
    'a wildcard role',
    'AwsToGoogleFederation',
    () => ({ roles: ['*'] }),
    'prod/it: roles[0] must be the name of an IAM role, with 1 to 64 letters, digits and characters of "_+=,.@-" (got "*").',
  ],
  [
    'a project number that is the id',
    'AwsToGoogleFederation',
    () => ({ project: { id: 'my-project', number: 'my-project' } }),
    'prod/it: project.number must be a project number, as a string of digits (got "my-project").',
  ],
  [
    'a project without a number',
    'AwsToGoogleFederation',
    () => ({ project: { id: 'my-project' } }),
    'prod/it: project.number is required because it is part of the name of a federated principal. Set project to { id, number }.',
  ],
  [
    'an AWS account of eleven digits',
    'AwsToGoogleFederation',
    () => ({ account: { id: '12345678901', region: 'eu-west-1' } }),
    'prod/it: account.id must have 12 digits (got "12345678901").',
  ],
  [
    'an AWS account with hyphens',
    'AwsToGoogleFederation',
    () => ({ account: { id: '1234-5678-9012', region: 'eu-west-1' } }),
    'prod/it: account.id must have 12 digits (got "1234-5678-9012"). Use "123456789012".',
  ],
  [
    'a region of Google in an AWS account',
    'AwsToGoogleFederation',
    () => ({ account: { id: '210987654321', region: 'europe-west1' } }),
    'prod/it: account.region must be a region of the form AREA-DIRECTION-NUMBER, for example "us-east-1" (got "europe-west1").',
  ],
  [
    'an availability zone in place of the region',
    'AwsToGoogleFederation',
    () => ({ account: { id: '210987654321', region: 'eu-west-1a' } }),
    'prod/it: account.region must be a region of the form AREA-DIRECTION-NUMBER, for example "us-east-1" (got "eu-west-1a"). This is a zone; use "eu-west-1".',
  ],
  [
    'a partition that the region is not in',
    'AwsToGoogleFederation',
    () => ({ account: { id: '210987654321', region: 'eu-west-1', partition: 'aws-cn' } }),
    'prod/it: 2 problems\n  - account must have a region of its partition (got {"id":"210987654321","region":"eu-west-1","partition":"aws-cn"}). Set partition "aws", or another region.\n  - account.partition must be an account of the partition "aws", the only one that Google\'s AWS provider accepts (got "aws-cn"). Use an OIDC provider instead.',
  ],
  [
    'a predefined role as a permission',
    'CustomRole',
    () => ({ permissions: ['roles/storage.objectViewer'] }),
    'prod/it: permissions[0] must be a permission of the form SERVICE.RESOURCE.VERB, without a wildcard (got "roles/storage.objectViewer").',
  ],
  [
    'a wildcard permission',
    'CustomRole',
    () => ({ permissions: ['storage.objects.*'] }),
    'prod/it: permissions[0] must be a permission of the form SERVICE.RESOURCE.VERB, without a wildcard (got "storage.objects.*").',
  ],
  [
    'a role id with a hyphen',
    'CustomRole',
    () => ({ roleId: 'books-reader' }),
    'prod/it: roleId must have 3 to 64 letters, digits, "_" and "." (got "books-reader"). Use "books_reader_38c03dd7".',
  ],
  [
    'no permissions',
    'CustomRole',
    () => ({ permissions: [] }),
    'prod/it: permissions must be a list of at least 1 and at most 3000 items (got []). Add an item.',
  ],
  [
    'a service account twice',
    'WorkloadIdentityBinding',
    () => ({ additionalNamespaces: ['books'] }),
    'prod/it: additionalNamespaces[0] must be unique in the list (got "books"). Omit it.',
  ],
  [
    'an annotation of the identity itself',
    'WorkloadIdentityBinding',
    () => ({ annotations: { 'iam.gke.io/gcp-service-account': 'a@b.c' } }),
    'prod/it: the name "iam.gke.io/gcp-service-account" in annotations must not be an annotation of iam.gke.io or cdktf-multicloud.dev, which the binding sets (got "iam.gke.io/gcp-service-account").',
  ],
  [
    'a condition without a title',
    'WorkloadIdentityBinding',
    () => ({ condition: { expression: 'true' } }),
    'prod/it: 2 problems\n  - condition.title is required. It must be a string.\n  - condition must be omitted for a direct principal, which impersonates no Google service account (got {"expression":"true"}). Set the condition on the grants.',
  ],
  [
    'the namespace default',
    'WorkloadIdentityBinding',
    () => ({ namespace: 'default' }),
    'prod/it: namespace must not be "default", where pods without a namespace run, so that its policies and roles apply to them (got "default"). Use a dedicated namespace, or set acknowledge.defaultNamespace to the reason.',
  ],
  [
    'an actions wildcard of a service',
    'GkeToAwsRole',
    () => ({ statements: [{ actions: ['s3:*'], resources: ['arn:aws:s3:::sales/*'] }] }),
    'prod/it: statements[0] must not be "*" or "SERVICE:*", which allow more than the statement shows (got {"actions":["s3:*"],"resources":["arn:aws:s3:::sales/*"]}). List the actions and the ARNs, or set acknowledge.wildcard to the reason.',
  ],
  [
    'an action with a dot',
    'GkeToAwsRole',
    () => ({ statements: [{ actions: ['s3.GetObject'], resources: ['arn:aws:s3:::sales/*'] }] }),
    'prod/it: statements[0].actions[0] must be an action of the form SERVICE:ACTION (got "s3.GetObject"). Use "s3:GetObject".',
  ],
  [
    'a bucket name in place of an ARN',
    'GkeToAwsRole',
    () => ({ statements: [{ actions: ['s3:GetObject'], resources: ['sales'] }] }),
    'prod/it: statements[0].resources[0] must be an ARN (got "sales").',
  ],
  [
    'a condition operator in lower case',
    'GkeToAwsRole',
    () => ({
      statements: [
        {
          actions: ['s3:GetObject'],
          resources: ['arn:aws:s3:::sales/*'],
          conditions: { stringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        },
      ],
    }),
    'prod/it: the name "stringEquals" in statements[0].conditions must be a condition operator, for example "StringEquals" (got "stringEquals").',
  ],
  [
    'a Sid with a hyphen',
    'GkeToAwsRole',
    () => ({
      statements: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::sales/*'], sid: 'read-sales' }],
    }),
    'prod/it: statements[0].sid must have only letters and digits (got "read-sales"). Use "readsales".',
  ],
  [
    'a role name of 65 characters',
    'GkeToAwsRole',
    () => ({ roleName: 'r'.repeat(65) }),
    'prod/it: roleName must be the name of an IAM role, with 1 to 64 letters, digits and characters of "_+=,.@-" (got "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr").',
  ],
  [
    'a session of 15 minutes',
    'GkeToAwsRole',
    () => ({ maxSessionSeconds: 900 }),
    'prod/it: maxSessionSeconds must be a whole number from 3600 to 43200 (got 900). Use at least 3600.',
  ],
  [
    'a session of a day',
    'GkeToAwsRole',
    () => ({ maxSessionSeconds: 86_400 }),
    'prod/it: maxSessionSeconds must be a whole number from 3600 to 43200 (got 86400). Use at most 43200.',
  ],
  [
    'a boundary that is a role',
    'GkeToAwsRole',
    () => ({ permissionsBoundaryArn: 'arn:aws:iam::210987654321:role/boundary' }),
    'prod/it: permissionsBoundaryArn must be the ARN of a policy, arn:aws:iam::ACCOUNT:policy/NAME (got "arn:aws:iam::210987654321:role/boundary").',
  ],
  [
    'the boundary of another account',
    'GkeToAwsRole',
    () => ({ permissionsBoundaryArn: 'arn:aws:iam::111111111111:policy/boundary' }),
    'prod/it: permissionsBoundaryArn must be a policy of the account (210987654321) or of AWS (got "arn:aws:iam::111111111111:policy/boundary"). Use a policy of the account of the role.',
  ],
  [
    'a reason of two lines',
    'GkeToAwsRole',
    () => ({ reason: 'reads\nbooks' }),
    'prod/it: reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "reads\\nbooks"). Write it in one line.',
  ],
  [
    'an empty reason',
    'GkeToAwsRole',
    () => ({ reason: '' }),
    'prod/it: reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got ""). Write a text.',
  ],
  [
    'a reason of 161 bytes',
    'GkeToAwsRole',
    () => ({ reason: 'r'.repeat(161) }),
    'prod/it: reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr… (163 characters)). Shorten it by 1 bytes.',
  ],
];
