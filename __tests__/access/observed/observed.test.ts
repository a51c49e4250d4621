import { accessGraph } from '../../../lib/access/access-graph';
import { cloudTrailCalls } from '../../../lib/access/observed/logs/cloudtrail';
import { googleAuditCalls } from '../../../lib/access/observed/logs/google-audit';
import { accessObserved } from '../../../lib/access/observed/observed';
import { readSynthesizedStack } from '../../../lib/model';
import { run } from '../../examples/run';
import { cloudTrailEvent, userIdentity } from '../../logs/entries';
import { bucketEntry, entries, records, session } from './etl-logs';

const graph = accessGraph({
  stacks: Object.entries(run('step-functions-etl')).map(([name, configuration]) =>
    readSynthesizedStack(configuration, { name }),
  ),
});

const observedIn = (aws: readonly object[], google: readonly object[] = []) =>
  accessObserved(graph, [...cloudTrailCalls('trail.json', aws), ...googleAuditCalls('google.json', google)]);

test('each call of an execution has one path over both clouds', () => {
  const { explained, unexplained, denied } = observedIn(records, entries);
  expect([unexplained, denied]).toEqual([[], []]);
  const lines = explained.map(({ identity, permission, path = [] }) => [
    identity,
    permission,
    path.map(({ kind, to }) => `${kind} ${to.replace(/^.*[/:]/, '')}`).join(' > '),
  ]);
  expect(lines).toEqual([
    [
      'aws.role/etl-gke',
      'iam.serviceAccounts.getAccessToken',
      'federates etl-gke > assumes etl-gke-jobs@etl-prod.iam.gserviceaccount.com',
    ],
    ['aws.role/etl-gke', 'sts.identity.exchange', 'federates etl-gke'],
    ['aws.role/etl-gke-jobs', 'logs:CreateLogStream', 'grants *'],
    ['aws.role/etl-gke-jobs', 'sts:AssumeRole', expect.stringMatching(/^(grants|assumes) etl-gke$/)],
    ['aws.role/nightly-etl-execution', 'lambda:InvokeFunction', 'grants etl-gke-jobs'],
    [
      'google.serviceAccount/etl-gke-jobs@etl-prod.iam.gserviceaccount.com',
      'create batch/jobs',
      'grants etl',
    ],
    ['kubernetes.serviceAccount/etl/etl', 'storage.objects.create', 'grants etl-prod-staging'],
  ]);
});

test('calls of one identity, permission and resource are one line with their period', () => {
  const later = { ...records[1]!, eventTime: '2026-11-25T12:00:00Z' };
  const { explained, window } = observedIn([later, records[1]!, records[1]!]);
  expect(explained).toMatchObject([
    { count: 3, first: '2026-11-25T10:00:00Z', last: '2026-11-25T12:00:00Z' },
  ]);
  expect(window).toEqual({ first: '2026-11-25T10:00:00Z', last: '2026-11-25T12:00:00Z' });
});

const assume = { roleArn: 'arn:aws:iam::333333333333:role/etl-gke' };
const email = (principalEmail: string) => ({ principalEmail });

test.each<[string, object[], object[], string, string]>([
  [
    'of a role that the manifest does not have',
    [cloudTrailEvent('sts.amazonaws.com', 'AssumeRole', assume, session('stranger'))],
    [],
    'aws.role/stranger',
    'sts:AssumeRole',
  ],
  [
    'with another action',
    [cloudTrailEvent('iam.amazonaws.com', 'PutRolePolicy', { roleName: 'etl-gke' }, session('etl-gke-jobs'))],
    [],
    'aws.role/etl-gke-jobs',
    'iam:PutRolePolicy',
  ],
  [
    'of the root user',
    [cloudTrailEvent('iam.amazonaws.com', 'CreateUser', {}, { userIdentity: userIdentity() })],
    [],
    'aws.resource/arn:aws:iam::210987654321:root',
    'iam:CreateUser',
  ],
  [
    'of a user',
    [],
    [bucketEntry({}, email('ada@example.com'))],
    'google.member/user:ada@example.com',
    'storage.objects.create',
  ],
  [
    'of pods of another namespace',
    [],
    [bucketEntry({}, { principalSubject: 'serviceAccount:etl-prod.svc.id.goog[other/etl]' })],
    'kubernetes.serviceAccount/other/etl',
    'storage.objects.create',
  ],
  [
    'of pods of another project',
    [],
    [bucketEntry({}, { principalSubject: 'serviceAccount:evil.svc.id.goog[etl/etl]' })],
    'kubernetes.serviceAccount/etl/etl',
    'storage.objects.create',
  ],
  [
    'on another bucket',
    [],
    [
      bucketEntry(
        {
          authorizationInfo: [
            {
              permission: 'storage.objects.get',
              granted: true,
              resource: 'projects/_/buckets/salaries/objects/x',
            },
          ],
        },
        { principalSubject: 'serviceAccount:etl-prod.svc.id.goog[etl/etl]' },
      ),
    ],
    'kubernetes.serviceAccount/etl/etl',
    'storage.objects.get',
  ],
  [
    'through an account that the origin may not impersonate',
    [],
    [
      bucketEntry(
        {},
        {
          principalEmail: 'etl-gke-jobs@etl-prod.iam.gserviceaccount.com',
          serviceAccountDelegationInfo: [
            { principalSubject: 'serviceAccount:etl-prod.svc.id.goog[other/x]' },
          ],
        },
      ),
    ],
    'kubernetes.serviceAccount/other/x',
    'storage.objects.create',
  ],
])('a call %s has no path', (_, aws, google, identity, permission) => {
  const { explained, unexplained } = observedIn(aws, google);
  expect(explained).toEqual([]);
  expect(unexplained).toMatchObject([{ identity, permission, count: 1 }]);
});

test('a denied call is not access', () => {
  const check = { permission: 'storage.objects.create', resource: 'projects/_/buckets/etl-prod-staging' };
  const caller = { principalSubject: 'serviceAccount:etl-prod.svc.id.goog[etl/etl]' };
  const { explained, unexplained, denied } = observedIn(
    [{ ...records[1]!, errorCode: 'AccessDenied', requestParameters: null }],
    [
      bucketEntry({ status: { code: 7 } }, caller),
      bucketEntry({ authorizationInfo: [{ ...check, granted: false }] }, caller),
    ],
  );
  expect([explained, unexplained]).toEqual([[], []]);
  expect(denied.map(({ permission, count }) => [permission, count])).toEqual([
    ['sts:AssumeRole', 1],
    ['storage.objects.create', 1],
    ['storage.objects.create', 1],
  ]);
});

describe('permissions without a call', () => {
  const { unused, unjudged } = observedIn(records, entries);

  test('have the construct and the change', () => {
    const found = unused.find(({ permissions }) => permissions.includes('states:DescribeExecution'));
    expect(found?.change).toMatch(
      /^Remove .* in aws_iam_role_policy\.\S+ policy\.Statement\[\d+\] of construct step-functions-etl\/\S+\.$/,
    );
    const jobs = unused.find(({ edge }) => edge.role === 'Role/etl-gke-jobs');
    expect(jobs?.permissions).toContain('delete batch/jobs');
    expect(jobs?.permissions).not.toContain('create batch/jobs');
  });

  test('are none of the permissions with a call', () => {
    const used = unused.flatMap(({ edge, permissions }) => permissions.map((each) => `${edge.from} ${each}`));
    expect(used).not.toContain('aws.role/etl-gke-jobs sts:AssumeRole');
    expect(used).not.toContain('kubernetes.serviceAccount/etl/etl roles/storage.objectUser');
  });

  test('are not judged without their log', () => {
    const reasons = new Set(unjudged.map(({ reason }) => reason));
    expect([...reasons].sort()).toEqual([
      'CloudTrail does not record xray:GetSamplingRules.',
      'CloudTrail does not record xray:GetSamplingTargets.',
      'CloudTrail does not record xray:PutTelemetryRecords.',
      'CloudTrail does not record xray:PutTraceSegments.',
      'No Data Access entry of container.googleapis.com is in the input. Enable DATA_READ and DATA_WRITE, and ADMIN_READ for IAM.',
      'No data event of logs.amazonaws.com is in the input. The trail must select data events of the service.',
      'No data event of sns.amazonaws.com is in the input. The trail must select data events of the service.',
      'No data event of sqs.amazonaws.com is in the input. The trail must select data events of the service.',
      'No read of a cluster is in the input. The audit policy must record get, list and watch.',
    ]);
  });
});

test('without a log, no grant is judged', () => {
  const { unused, unjudged, window } = observedIn([]);
  expect(unused).toEqual([]);
  expect(unjudged.length).toBeGreaterThan(20);
  expect(window).toBeUndefined();
});

test('the time grows with the number of calls, not with its square', () => {
  const calls = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      bucketEntry(
        {
          authorizationInfo: [
            {
              permission: 'storage.objects.create',
              granted: true,
              resource: `projects/_/buckets/etl-prod-staging/objects/${index}`,
            },
          ],
        },
        { principalSubject: 'serviceAccount:etl-prod.svc.id.goog[etl/etl]' },
      ),
    );
  const seconds = (count: number) => {
    const logged = calls(count);
    const start = process.hrtime.bigint();
    expect(observedIn([], logged).explained).toHaveLength(count);
    return Number(process.hrtime.bigint() - start) / 1e9;
  };
  seconds(500);
  const [few, many] = [seconds(1_000), seconds(10_000)];
  expect(many / few).toBeLessThan(40);
});
