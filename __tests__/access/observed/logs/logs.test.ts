import { LogError } from '../../../../lib/access/observed/logged-access';
import { awsAction, eventTypeOf } from '../../../../lib/access/observed/logs/aws-actions';
import { cloudTrailCalls } from '../../../../lib/access/observed/logs/cloudtrail';
import { googleAuditCalls } from '../../../../lib/access/observed/logs/google-audit';
import { kubernetesAuditCalls } from '../../../../lib/access/observed/logs/kubernetes-audit';
import { records, session } from '../etl-logs';
import { auditEntry, cloudTrailEvent } from '../../../logs/entries';

test.each<[string, () => unknown, RegExp]>([
  [
    'CloudTrail',
    () => cloudTrailCalls('f', [{ x: 1 }]),
    /^f must have records of CloudTrail .*\(got \{"x":1\}\)\./,
  ],
  ['CloudTrail', () => cloudTrailCalls('f', [{ Records: ['x'] }]), /\(got "x"\)/],
  [
    'lookup-events',
    () => cloudTrailCalls('f', [{ Events: [{}] }]),
    /^f: each event must have a record of CloudTrail as JSON\.$/,
  ],
  [
    'Cloud Logging',
    () => googleAuditCalls('f', [[{ logName: 'projects/x/logs/stdout' }]]),
    /^f must have entries of Cloud Audit Logs/,
  ],
  [
    'an API server',
    () => kubernetesAuditCalls('f', [{ kind: 'Event', apiVersion: 'v1' }]),
    /^f must have events of audit\.k8s\.io\/v1/,
  ],
])('rejects what is not a log of %s', (_, read, message) => {
  expect(read).toThrow(LogError);
  expect(read).toThrow(message);
});

test('records have the same calls in every export of CloudTrail', () => {
  const plain = cloudTrailCalls('f', [...records]);
  expect(plain).toHaveLength(records.length);
  const texts = records.map((record) => JSON.stringify(record));
  for (const value of [
    { Records: records },
    records,
    { Events: texts.map((CloudTrailEvent) => ({ CloudTrailEvent })) },
    { events: texts.map((message) => ({ message, timestamp: 1 })) },
  ]) {
    expect(cloudTrailCalls('f', [value])).toEqual(plain);
  }
});

test.each([
  ['lambda.amazonaws.com', 'Invoke', 'lambda:InvokeFunction', 'data'],
  ['lambda.amazonaws.com', 'UpdateFunctionCode20150331v2', 'lambda:UpdateFunctionCode', 'management'],
  ['s3.amazonaws.com', 'HeadObject', 's3:GetObject', 'data'],
  ['s3.amazonaws.com', 'ListObjects', 's3:ListBucket', 'data'],
  ['s3.amazonaws.com', 'PutBucketPolicy', 's3:PutBucketPolicy', 'management'],
  ['monitoring.amazonaws.com', 'PutMetricData', 'cloudwatch:PutMetricData', 'never'],
  ['secretsmanager.amazonaws.com', 'GetSecretValue', 'secretsmanager:GetSecretValue', 'management'],
  ['sts.amazonaws.com', 'TagSession', 'sts:TagSession', 'never'],
])('%s %s is %s, which is a %s event', (source, name, action, type) => {
  expect(awsAction(source, name)).toBe(action);
  expect(eventTypeOf(action)).toBe(type);
});

test.each<[object, string]>([
  [
    { userIdentity: { type: 'AWSService', invokedBy: 'states.amazonaws.com' } },
    'aws.service/states.amazonaws.com',
  ],
  [session('app'), 'aws.role/app'],
  [{ userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111111111111:user/team/ada' } }, 'aws.user/ada'],
  [
    {
      userIdentity: {
        type: 'WebIdentityUser',
        userName: 'system:serviceaccount:books:web',
        identityProvider: 'container.googleapis.com/v1/x',
      },
    },
    'kubernetes.serviceAccount/books/web',
  ],
  [
    { userIdentity: { type: 'WebIdentityUser', userName: 'repo:a/b:ref:main' } },
    'ci.identity/repo:a/b:ref:main',
  ],
  [{ userIdentity: {} }, 'aws.principal/'],
])('the caller %j is %s', (identity, id) => {
  const [call] = cloudTrailCalls('f', [cloudTrailEvent('sts.amazonaws.com', 'AssumeRole', {}, identity)]);
  expect(call!.callers[0]![0]).toBe(id);
});

test('an event of a service about itself is not a call', () => {
  const event = cloudTrailEvent('kms.amazonaws.com', 'RotateKey', null, { eventType: 'AwsServiceEvent' });
  expect(cloudTrailCalls('f', [event])).toEqual([]);
  expect(googleAuditCalls('f', [auditEntry('system_event', {})])).toEqual([]);
});

describe('an event of an API server', () => {
  const event = (more: object = {}) => ({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: 'a',
    stage: 'ResponseComplete',
    requestURI: '/api/v1/namespaces/books/pods/web/log?follow=true',
    verb: 'get',
    user: { username: 'system:serviceaccount:books:web', groups: ['system:authenticated'] },
    objectRef: { resource: 'pods', subresource: 'log', namespace: 'books', name: 'web', apiVersion: 'v1' },
    responseStatus: { code: 200 },
    stageTimestamp: '2026-11-25T10:00:00.000000Z',
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': 'RBAC: allowed' },
    ...more,
  });

  test('is the verb on the resource in its namespace', () => {
    expect(kubernetesAuditCalls('f', [event()])).toEqual([
      {
        log: 'kubernetes',
        callers: [
          [
            'kubernetes.serviceAccount/books/web',
            'kubernetes.subject/User system:serviceaccount:books:web',
            'kubernetes.subject/Group system:authenticated',
          ],
        ],
        permission: 'get pods/log=web',
        resource: 'books/web',
        targets: ['kubernetes.namespace/books', 'kubernetes.resource/cluster'],
        time: '2026-11-25T10:00:00.000000Z',
        isAllowed: true,
        isOfSystem: false,
        source: 'read',
      },
    ]);
  });

  test('counts once for all stages', () => {
    const stages = ['RequestReceived', 'ResponseStarted', 'ResponseComplete'];
    expect(
      kubernetesAuditCalls(
        'f',
        stages.map((stage) => event({ stage })),
      ),
    ).toHaveLength(1);
  });

  test('is denied by the decision, or by its status', () => {
    const denied = [
      event({ auditID: 'b', annotations: { 'authorization.k8s.io/decision': 'forbid' } }),
      event({ auditID: 'c', annotations: {}, responseStatus: { code: 403 } }),
    ];
    expect(kubernetesAuditCalls('f', denied).map(({ isAllowed }) => isAllowed)).toEqual([false, false]);
  });

  test('with an impersonation is two calls', () => {
    const calls = kubernetesAuditCalls('f', [
      event({
        user: { username: 'admin', groups: [] },
        impersonatedUser: { username: 'system:serviceaccount:books:web', groups: [] },
      }),
    ]);
    expect(calls.map(({ callers, permission }) => [callers[0]![0], permission])).toEqual([
      ['kubernetes.serviceAccount/books/web', 'get pods/log=web'],
      ['kubernetes.subject/User admin', 'impersonate serviceaccounts=web'],
    ]);
  });

  test.each<[string, object, boolean]>([
    ['the scheduler', { user: { username: 'system:kube-scheduler' } }, true],
    ['a controller', { user: { username: 'system:serviceaccount:kube-system:job-controller' } }, true],
    ['a workload', {}, false],
    ['an anonymous caller', { user: { username: 'system:anonymous' } }, false],
    ['every user', { verb: 'get', objectRef: undefined, requestURI: '/version?timeout=1s' }, true],
    ['a reader of metrics', { verb: 'get', objectRef: undefined, requestURI: '/metrics' }, false],
  ])('of %s is of the system: %#', (_, more, expected) => {
    expect(kubernetesAuditCalls('f', [event(more)])[0]!.isOfSystem).toBe(expected);
  });
});
