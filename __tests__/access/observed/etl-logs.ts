import { auditEntry, cloudTrailEvent, userIdentity } from '../../logs/entries';

/*
 * One execution of the example step-functions-etl as the logs of both clouds have it, in the documented shapes.
 */

const ACCOUNT = '333333333333';
const RUN = '7b0e7f3c-0000-4000-8000-000000000001';
const EMAIL = 'etl-gke-jobs@etl-prod.iam.gserviceaccount.com';
const POOL =
  '//iam.googleapis.com/projects/300000000001/locations/global/workloadIdentityPools/aws-step-functions';
export const ROLE = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** Session of a role of the example. */
export const session = (name: string) => ({ userIdentity: userIdentity(ROLE(name)) });

const resourceOf = (more: object) => ({
  resource: { type: 'x', labels: { project_id: 'etl-prod', ...more } },
});
const at = (minute: number) => ({ timestamp: `2026-11-25T10:${String(minute).padStart(2, '0')}:00Z` });

/** Records of CloudTrail. */
export const records: readonly object[] = [
  cloudTrailEvent(
    'lambda.amazonaws.com',
    'Invoke',
    { functionName: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:etl-gke-jobs:live` },
    { ...session('nightly-etl-execution'), managementEvent: false, eventCategory: 'Data' },
  ),
  cloudTrailEvent(
    'sts.amazonaws.com',
    'AssumeRole',
    { roleArn: ROLE('etl-gke'), roleSessionName: RUN },
    session('etl-gke-jobs'),
  ),
  cloudTrailEvent(
    'logs.amazonaws.com',
    'CreateLogStream',
    { logGroupName: '/aws/lambda/etl-gke-jobs', logStreamName: '2026/11/25/[1]abc' },
    { ...session('etl-gke-jobs'), awsRegion: 'us-east-1', recipientAccountId: ACCOUNT },
  ),
];

/** Entries of Cloud Audit Logs. */
export const entries: readonly object[] = [
  {
    ...auditEntry(
      'data_access',
      {
        serviceName: 'sts.googleapis.com',
        methodName: 'google.identity.sts.v1.SecurityTokenService.ExchangeToken',
        resourceName: `${POOL.slice('//iam.googleapis.com/'.length)}/providers/aws-${ACCOUNT}`,
      },
      { principalSubject: `arn:aws:sts::${ACCOUNT}:assumed-role/etl-gke/${RUN}` },
    ),
    ...resourceOf({}),
    ...at(1),
  },
  {
    ...auditEntry(
      'data_access',
      {
        serviceName: 'iamcredentials.googleapis.com',
        methodName: 'GenerateAccessToken',
        resourceName: 'projects/-/serviceAccounts/123456789',
        authorizationInfo: [
          {
            permission: 'iam.serviceAccounts.getAccessToken',
            granted: true,
            resource: 'projects/-/serviceAccounts/123456789',
          },
        ],
      },
      { principalSubject: `principal:${POOL}/subject/etl-gke/${RUN}` },
    ),
    ...resourceOf({ email_id: EMAIL, unique_id: '123456789' }),
    ...at(2),
  },
  {
    ...auditEntry(
      'activity',
      {
        serviceName: 'k8s.io',
        methodName: 'io.k8s.batch.v1.jobs.create',
        resourceName: 'batch/v1/namespaces/etl/jobs/load-1',
        authorizationInfo: [
          {
            permission: 'io.k8s.batch.v1.jobs.create',
            granted: true,
            resource: 'batch/v1/namespaces/etl/jobs/load-1',
          },
        ],
      },
      { principalEmail: EMAIL },
    ),
    ...resourceOf({ cluster_name: 'etl' }),
    labels: { 'authorization.k8s.io/decision': 'allow' },
    ...at(3),
  },
  {
    ...auditEntry(
      'data_access',
      {
        serviceName: 'storage.googleapis.com',
        methodName: 'storage.objects.create',
        resourceName: 'projects/_/buckets/etl-prod-staging/objects/a/b.csv',
        authorizationInfo: [
          {
            permission: 'storage.objects.create',
            granted: true,
            resource: 'projects/_/buckets/etl-prod-staging/objects/a/b.csv',
          },
        ],
      },
      { principalSubject: 'serviceAccount:etl-prod.svc.id.goog[etl/etl]' },
    ),
    ...resourceOf({ bucket_name: 'etl-prod-staging' }),
    ...at(4),
  },
];

/** The entry of the bucket with other fields of the call. */
export function bucketEntry(payload: object, caller: object, more: object = {}): object {
  const entry = entries[3] as { protoPayload: object };
  return {
    ...entry,
    protoPayload: { ...entry.protoPayload, ...payload, authenticationInfo: caller },
    ...more,
  };
}
