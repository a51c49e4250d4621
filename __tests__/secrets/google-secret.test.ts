import type { TerraformStack } from 'cdktf';
import { WorkloadIdentityBinding } from '../../lib/identity/google/workload-identity-binding';
import { permissions, predefinedRoles, tooWide } from '../granted';
import { refusal, resource, resources, synthesized } from '../synth';
import { onGoogle, stackWithAws } from './fixtures';
import { READER, clusterOf, made, settings, statements } from './rotated-secret-fixtures';

const bindingOf = (stack: TerraformStack) =>
  new WorkloadIdentityBinding(stack, 'books', {
    cluster: clusterOf(stack),
    namespace: 'books',
    serviceAccountName: 'books',
    reason: 'serves the bookshop',
  });

describe('a secret in Secret Manager', () => {
  test('is a secret without a value, and a function that a schedule calls', () => {
    const stack = stackWithAws();
    const secret = onGoogle(stack);
    expect(made(stack)).toMatchInlineSnapshot(`
     [
       "aws_cloudwatch_log_group.database_google_function_log",
       "aws_cloudwatch_metric_alarm.database_google_alarm",
       "aws_cloudwatch_metric_alarm.database_google_dead-letters_alarm",
       "aws_iam_role.database_google_function_role",
       "aws_iam_role.database_google_role",
       "aws_iam_role.database_google_schedule_role",
       "aws_iam_role_policy.database_google_function_policy",
       "aws_iam_role_policy.database_google_schedule_policy",
       "aws_lambda_alias.database_google_function_alias",
       "aws_lambda_function.database_google_function",
       "aws_lambda_function_event_invoke_config.database_google_function_events",
       "aws_scheduler_schedule.database_google_schedule",
       "aws_sqs_queue.database_google_dead-letters_queue",
       "google_project_iam_custom_role.database_google_google-role",
       "google_secret_manager_secret.database_google_secret",
       "google_secret_manager_secret_iam_member.database_google_federated-role_rotate_database-on-secret-secret-2ecea71d",
     ]
    `);
    expect(secret.currentValueName).toBe('projects/my-project/secrets/database/versions/current');
    expect(secret.functionArn).toBe('arn:aws:lambda:eu-west-1:123456789012:function:database-rotation:live');
    expect(secret.metric('Duration', { statistic: 'p99' })).toMatchObject({
      dimensions: { FunctionName: 'database-rotation' },
      statistic: 'p99',
      period: 300,
    });
  });

  test('leaves its aliases to the rotation', () => {
    const stack = stackWithAws();
    onGoogle(stack, { owner: 'team-books', ticket: 'BOOKS-7' });
    expect(resource(stack, 'google_secret_manager_secret')).toMatchInlineSnapshot(`
     {
       "//": {
         "owner": "team-books",
         "reason": "signs in to the database",
         "ticket": "BOOKS-7",
       },
       "deletion_protection": true,
       "lifecycle": {
         "ignore_changes": [
           "version_aliases",
         ],
       },
       "project": "my-project",
       "replication": {
         "auto": {},
       },
       "secret_id": "database",
     }
    `);
  });

  test('is kept where and encrypted with what it is told', () => {
    const stack = stackWithAws();
    const key = (location: string) => `projects/my-project/locations/${location}/keyRings/r/cryptoKeys/k`;
    onGoogle(stack, {
      deletionProtection: false,
      replicas: [{ location: 'europe-west1', kmsKeyName: key('europe-west1') }, { location: 'europe-west4' }],
    });
    const { deletion_protection, replication } = resource(stack, 'google_secret_manager_secret');
    expect(deletion_protection).toBe(false);
    expect(replication).toEqual({
      user_managed: {
        replicas: [
          {
            location: 'europe-west1',
            customer_managed_encryption: { kms_key_name: key('europe-west1') },
          },
          { location: 'europe-west4' },
        ],
      },
    });
    const other = stackWithAws();
    onGoogle(other, { kmsKeyName: key('global') });
    expect(resource(other, 'google_secret_manager_secret').replication).toEqual({
      auto: { customer_managed_encryption: { kms_key_name: key('global') } },
    });
  });

  test('is rotated by a role that may do five things with this secret, and cannot read it', () => {
    const stack = stackWithAws();
    onGoogle(stack);
    const configuration = synthesized(stack);
    expect(permissions(configuration)).toEqual([
      'secretmanager.secrets.get',
      'secretmanager.secrets.update',
      'secretmanager.versions.add',
      'secretmanager.versions.disable',
      'secretmanager.versions.list',
    ]);
    expect(predefinedRoles(configuration)).toEqual([]);
    expect(tooWide(configuration)).toEqual([]);
    const [secret] = Object.keys(configuration.resource!.google_secret_manager_secret!);
    const member = resource(stack, 'google_secret_manager_secret_iam_member');
    expect(member.member).toBe(
      'principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws-roles/attribute.aws_role/arn:aws:sts::123456789012:assumed-role/database-rotation-google',
    );
    expect(member.secret_id).toBe(`\${google_secret_manager_secret.${secret}.secret_id}`);
    // Nothing is granted on the project.
    expect(resources(stack, 'google_project_iam_member')).toEqual([]);
    expect(member.depends_on).toEqual([
      expect.stringMatching(/^google_iam_workload_identity_pool_provider\./),
      expect.stringMatching(/^google_project_iam_custom_role\./),
    ]);
  });

  test('on AWS its function may take on one role, ask the owner and keep what failed', () => {
    const stack = stackWithAws();
    onGoogle(stack);
    expect(statements(stack, 'function')).toMatchInlineSnapshot(`
     [
       {
         "Action": [
           "sts:AssumeRole",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:iam::123456789012:role/database-rotation-google",
         ],
         "Sid": "AssumeRotationRole",
       },
       {
         "Action": [
           "lambda:InvokeFunction",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:lambda:eu-west-1:123456789012:function:set-password:live",
           "arn:aws:lambda:eu-west-1:123456789012:function:test-password:live",
         ],
         "Sid": "InvokeHooks",
       },
       {
         "Action": [
           "sqs:SendMessage",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:sqs:eu-west-1:123456789012:database-rotation-failed",
         ],
         "Sid": "SendToDeadLetterQueue",
       },
     ]
    `);
    expect(statements(stack, 'schedule')).toMatchInlineSnapshot(`
     [
       {
         "Action": [
           "lambda:InvokeFunction",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:lambda:eu-west-1:123456789012:function:database-rotation:live",
         ],
         "Sid": "InvokeRotation",
       },
       {
         "Action": [
           "sqs:SendMessage",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:sqs:eu-west-1:123456789012:database-rotation-failed",
         ],
         "Sid": "SendToDeadLetterQueue",
       },
     ]
    `);
  });

  test('the role that Google knows is for that function alone, with the id of a call as its session', () => {
    const stack = stackWithAws();
    onGoogle(stack);
    const role = resources(stack, 'aws_iam_role').find(
      ({ name }) => String(name) === 'database-rotation-google',
    )!;
    expect((JSON.parse(String(role.assume_role_policy)) as { Statement: object[] }).Statement).toEqual([
      {
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::123456789012:role/database-rotation'] },
        Action: 'sts:AssumeRole',
        Condition: {
          StringLike: {
            'sts:RoleSessionName': ['????????-????-????-????-????????????', '?'.repeat(32)],
          },
        },
      },
    ]);
    const names = resources(stack, 'aws_iam_role_policy').map((policy) => String(policy.role));
    expect(names.filter((name) => name.includes('google_role_'))).toEqual([]);
  });

  test("has Google's own rotation schedule besides where a topic is told of it", () => {
    const stack = stackWithAws();
    onGoogle(stack, { rotationDays: 30, notificationTopic: 'projects/my-project/topics/rotations' });
    expect(resource(stack, 'google_secret_manager_secret')).toMatchObject({
      topics: [{ name: 'projects/my-project/topics/rotations' }],
      rotation: {
        rotation_period: '2592000s',
        next_rotation_time: '${timeadd(plantimestamp(), "720h")}',
      },
      lifecycle: { ignore_changes: ['version_aliases', 'rotation[0].next_rotation_time'] },
    });
  });

  test('is looked at every fifteen minutes, once everything is there', () => {
    const stack = stackWithAws();
    onGoogle(stack);
    const schedule = resource(stack, 'aws_scheduler_schedule');
    expect(schedule.schedule_expression).toBe('rate(15 minutes)');
    expect(schedule.target).toMatchObject({
      arn: 'arn:aws:lambda:eu-west-1:123456789012:function:database-rotation:live',
      input: '{"action":"check"}',
      dead_letter_config: { arn: 'arn:aws:sqs:eu-west-1:123456789012:database-rotation-failed' },
    });
    expect(
      (schedule.depends_on as unknown as string[]).map((address) => address.split('.')[0]).sort(),
    ).toEqual([
      'aws_iam_role',
      'aws_iam_role_policy',
      'aws_lambda_alias',
      'google_secret_manager_secret_iam_member',
    ]);
  });

  test('its function knows all times and no value', () => {
    const stack = stackWithAws();
    onGoogle(stack, { rotationDays: 7, retryWindowSeconds: 600, previousVersionGraceSeconds: 60 });
    expect(settings(stack)).toMatchObject({
      store: 'google-secret-manager',
      secret: 'projects/my-project/secrets/database',
      endpoint: 'https://secretmanager.googleapis.com',
      rotationSeconds: 604_800,
      retryWindowSeconds: 600,
      previousVersionGraceSeconds: 60,
      value: { length: 32 },
    });
  });

  test('is read by the identities that are granted it, each by itself', () => {
    const stack = stackWithAws();
    const secret = onGoogle(stack);
    const granted = secret.grants.read(bindingOf(stack), { ...READER, ticket: 'BOOKS-8' });
    expect(granted).toHaveLength(1);
    const members = resources(stack, 'google_secret_manager_secret_iam_member');
    expect(members.find(({ role }) => String(role) === 'roles/secretmanager.secretAccessor')).toMatchObject({
      '//': { reason: 'signs in', ticket: 'BOOKS-8' },
      member: expect.stringMatching(/\/ns\/books\/sa\/books$/) as string,
    });
    expect(predefinedRoles(synthesized(stack))).toEqual(['roles/secretmanager.secretAccessor']);
  });

  test('an identity is granted it once', () => {
    const stack = stackWithAws();
    const secret = onGoogle(stack);
    const binding = bindingOf(stack);
    secret.grants.read(binding, READER);
    expect(refusal(() => secret.grants.read(binding, READER)).message).toMatch(
      /^prod\/database: reader must be granted access to the secret once \(got .*\)\. Remove the second grant\.$/,
    );
  });

  test('has no statement for a policy of AWS', () => {
    const secret = onGoogle(stackWithAws());
    expect(refusal(() => secret.grants.readStatements()).message).toBe(
      'prod/database: store must be "aws-secrets-manager" for statements of an AWS policy (got "google-secret-manager"). Use grants.read(identity, { reason }).',
    );
  });
});
