import type { TerraformStack } from 'cdktf';
import { GkeCluster } from '../../lib/gke/gke-cluster';
import { GkeToAwsRole } from '../../lib/identity/gke-to-aws-role';
import { WorkloadIdentityBinding } from '../../lib/identity/workload-identity-binding';
import { RotationHook } from '../../lib/secrets/rotation-hook';
import { permissions, predefinedRoles, tooWide } from '../granted';
import { addresses, byAddress, refusal, resource, resources, synthesized, type Json } from '../synth';
import { account, federationOf, onAws, onGoogle, project, restartOf, stackWithAws } from './fixtures';

const READER = { reason: 'signs in' };

const clusterOf = (stack: TerraformStack) =>
  GkeCluster.fromAttributes(stack, 'cluster', { project, name: 'main', location: 'us-central1' });

const bindingOf = (stack: TerraformStack) =>
  new WorkloadIdentityBinding(stack, 'books', {
    cluster: clusterOf(stack),
    namespace: 'books',
    serviceAccountName: 'books',
    reason: 'serves the bookshop',
  });

const awsRoleOf = (stack: TerraformStack) =>
  new GkeToAwsRole(stack, 'books', {
    cluster: clusterOf(stack),
    account,
    namespace: 'books',
    serviceAccountName: 'books',
    roleName: 'books',
    reason: 'serves the bookshop',
  });

/** Addresses without the hashes of cdktf, of what is made for the secret. */
const made = (stack: TerraformStack) =>
  addresses(synthesized(stack))
    .filter((address) => address.includes('.database_'))
    .map((address) => address.replace(/_[0-9A-F]{8}$/, ''));

interface Statement {
  readonly Sid?: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}

/** Statements of the policy of a role, besides those for its log and its traces. */
function statements(stack: TerraformStack, name: string): Statement[] {
  const found = resources(stack, 'aws_iam_role_policy').find((each) => String(each.name) === name);
  const { Statement } = JSON.parse(String(found!.policy)) as { Statement: Statement[] };
  return Statement.filter(({ Sid }) => Sid !== 'WriteLog' && Sid !== 'WriteTraces');
}

const settings = (stack: TerraformStack) =>
  JSON.parse(String(resource(stack, 'aws_lambda_function').environment!.variables!.ROTATION)) as Json;

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
       "google_secret_manager_secret_iam_member.database_google_federated-role_prod_database_google_google_role_8e47fd4a-on-secret-secret-79bb5874",
     ]
    `);
    expect(secret.currentValueName).toBe('projects/my-project/secrets/database/versions/current');
    expect(secret.functionArn).toBe('arn:aws:lambda:eu-west-1:123456789012:function:database-rotation:live');
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

describe('a secret in Secrets Manager', () => {
  test('is a secret without a value, and a function that Secrets Manager calls', () => {
    const stack = stackWithAws();
    const secret = onAws(stack);
    expect(made(stack)).toMatchInlineSnapshot(`
     [
       "aws_cloudwatch_log_group.database_aws_function_log",
       "aws_cloudwatch_metric_alarm.database_aws_alarm",
       "aws_iam_role.database_aws_function_role",
       "aws_iam_role_policy.database_aws_function_policy",
       "aws_lambda_alias.database_aws_function_alias",
       "aws_lambda_function.database_aws_function",
       "aws_lambda_permission.database_aws_permission",
       "aws_secretsmanager_secret.database_aws_secret",
       "aws_secretsmanager_secret_rotation.database_aws_rotation",
     ]
    `);
    expect(secret.currentValueName).toBe('database');
    expect(resource(stack, 'aws_secretsmanager_secret_rotation')).toMatchObject({
      rotate_immediately: true,
      rotation_lambda_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:database-rotation:live',
      rotation_rules: { automatically_after_days: 30 },
      depends_on: [expect.stringMatching(/^aws_lambda_permission\./)],
    });
  });

  test('its function is called for this secret alone', () => {
    const stack = stackWithAws();
    onAws(stack);
    expect(resource(stack, 'aws_lambda_permission')).toMatchObject({
      principal: 'secretsmanager.amazonaws.com',
      qualifier: 'live',
      source_account: '123456789012',
      source_arn: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.[\w-]+\.arn\}$/) as string,
    });
  });

  test('its function writes values and cannot read them', () => {
    const stack = stackWithAws();
    onAws(stack);
    expect(statements(stack, 'function')).toMatchInlineSnapshot(`
     [
       {
         "Action": [
           "secretsmanager:DescribeSecret",
           "secretsmanager:PutSecretValue",
           "secretsmanager:UpdateSecretVersionStage",
         ],
         "Effect": "Allow",
         "Resource": [
           "arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????",
         ],
         "Sid": "RotateSecret",
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
     ]
    `);
  });

  test('with a key of the user, function and readers use it through Secrets Manager alone', () => {
    const stack = stackWithAws();
    const kmsKeyArn = 'arn:aws:kms:eu-west-1:123456789012:key/0f8fad5b';
    const secret = onAws(stack, { kmsKeyArn });
    const key = {
      Resource: [kmsKeyArn],
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
    };
    expect(statements(stack, 'function')).toContainEqual(
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], ...key }),
    );
    expect(secret.grants.readStatements({ reason: 'signs in' })).toEqual([
      {
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????'],
        reason: 'signs in',
      },
      {
        actions: ['kms:Decrypt'],
        resources: [kmsKeyArn],
        conditions: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
        reason: 'signs in',
      },
    ]);
  });

  test('is read by the AWS roles of pods that are granted it', () => {
    const stack = stackWithAws();
    onAws(stack).grants.read(awsRoleOf(stack), READER);
    const policies = resources(stack, 'aws_iam_role_policy').map(({ policy }) => String(policy));
    const readers = policies.filter((policy) => policy.includes('GetSecretValue'));
    expect(readers).toHaveLength(1);
    expect((JSON.parse(readers[0]!) as { Statement: Statement[] }).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:database-??????'],
      },
    ]);
  });
});

describe('on both hosts', () => {
  test.each([
    ['google', onGoogle],
    ['aws', onAws],
  ] as const)('%s: Terraform has no version, no value and no Kubernetes Secret', (_, add) => {
    const stack = stackWithAws();
    add(stack);
    const types = Object.keys(synthesized(stack).resource!);
    expect(types.filter((type) => /secret.*version|random_|kubernetes_/.test(type))).toEqual([]);
    expect(JSON.stringify(byAddress(stack))).not.toMatch(/secret_(data|string)/);
  });

  test.each([
    ['google', onGoogle],
    ['aws', onAws],
  ] as const)('%s: the function waits as long as set and test may take, with 128 MB', (_, add) => {
    const stack = stackWithAws();
    add(stack, {
      setSecret: RotationHook.lambda({
        functionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:set:live',
        timeoutSeconds: 300,
      }),
    });
    expect(resource(stack, 'aws_lambda_function')).toMatchObject({ timeout: 480, memory_size: 128 });
  });

  test.each([
    ['google', onGoogle],
    ['aws', onAws],
  ] as const)('%s: a state machine may be run by its alias, looked at and stopped', (_, add) => {
    const stack = stackWithAws();
    const stateMachineArn = 'arn:aws:states:eu-west-1:123456789012:stateMachine:set-password:live';
    add(stack, {
      setSecret: RotationHook.stateMachine({ stateMachineArn }),
      testSecret: RotationHook.stateMachine({ stateMachineArn, timeoutSeconds: 120 }),
    });
    expect(statements(stack, 'function')).toEqual(
      expect.arrayContaining([
        {
          Sid: 'StartHook1',
          Effect: 'Allow',
          Action: ['states:StartExecution'],
          Resource: ['arn:aws:states:eu-west-1:123456789012:stateMachine:set-password'],
          Condition: { StringEquals: { 'states:StateMachineQualifier': 'live' } },
        },
        {
          Sid: 'FollowHook1',
          Effect: 'Allow',
          Action: ['states:DescribeExecution', 'states:StopExecution'],
          Resource: ['arn:aws:states:eu-west-1:123456789012:execution:set-password:*'],
        },
      ]),
    );
    expect(statements(stack, 'function').filter(({ Sid }) => /Hook/.test(Sid!))).toHaveLength(2);
    expect(resource(stack, 'aws_lambda_function').timeout).toBe(540);
    expect(settings(stack)).toMatchObject({
      setSecret: { stateMachineArn, timeoutSeconds: 300 },
      testSecret: { stateMachineArn, timeoutSeconds: 120 },
    });
  });

  test.each([
    ['google', onGoogle, 2],
    ['aws', onAws, 1],
  ] as const)(
    '%s: without an owner nobody is asked, and alarms call what they are given',
    (_, add, alarms) => {
      const stack = stackWithAws();
      const topic = 'arn:aws:sns:eu-west-1:123456789012:on-call';
      add(stack, { setSecret: undefined, testSecret: undefined, alarmActions: [topic] });
      expect(statements(stack, 'function').filter(({ Sid }) => /Hook/.test(Sid ?? ''))).toEqual([]);
      const actions = resources(stack, 'aws_cloudwatch_metric_alarm').map(({ alarm_actions: each }) => each);
      expect(actions).toEqual(Array.from({ length: alarms }, () => [topic]));
    },
  );
});

describe.each(['google-secret-manager', 'aws-secrets-manager'] as const)(
  'on %s, consumers that are restarted',
  (store) => {
    function restarting(): TerraformStack {
      const stack = stackWithAws();
      const federation = federationOf(stack);
      const restart = restartOf(stack, { federation });
      if (store === 'google-secret-manager') onGoogle(stack, { federation, restart });
      else onAws(stack, { restart });
      return stack;
    }

    test('may be patched by name, by one user, and are no concern of it otherwise', () => {
      const stack = restarting();
      expect(resource(stack, 'kubernetes_role_v1').rule).toEqual([
        {
          api_groups: ['apps'],
          resources: ['deployments'],
          resource_names: ['books', 'shelf'],
          verbs: ['patch'],
        },
      ]);
      const binding = resource(stack, 'kubernetes_role_binding_v1');
      expect(binding.subject).toEqual([
        {
          api_group: 'rbac.authorization.k8s.io',
          kind: 'User',
          name: 'database-restart@my-project.iam.gserviceaccount.com',
        },
      ]);
      expect(binding.depends_on).toEqual([
        expect.stringMatching(/^kubernetes_role_v1\./),
        expect.stringMatching(/admission-policy-binding/),
      ]);
      expect(resources(stack, 'kubernetes_manifest').map(({ manifest }) => String(manifest!.kind))).toEqual([
        'ValidatingAdmissionPolicy',
        'ValidatingAdmissionPolicyBinding',
      ]);
    });

    test('are reached by an account that may reach the control plane, and a role of its own', () => {
      const stack = restarting();
      const reach = ['container.clusters.connect', 'container.clusters.get'];
      const granted = permissions(synthesized(stack)).filter((each) => each.startsWith('container.'));
      expect(granted).toEqual(reach);
      expect(predefinedRoles(synthesized(stack))).toEqual(['roles/iam.workloadIdentityUser']);
      expect(statements(stack, 'function')).toContainEqual({
        Sid: 'AssumeRestartRole',
        Effect: 'Allow',
        Action: ['sts:AssumeRole'],
        Resource: ['arn:aws:iam::123456789012:role/database-rotation-restart'],
      });
      expect(settings(stack).restart).toMatchObject({
        host: 'gke-1.us-central1.gke.goog',
        namespace: 'books',
        deployments: ['books', 'shelf'],
        roleArn: 'arn:aws:iam::123456789012:role/database-rotation-restart',
      });
    });

    test('are waited for before the first run', () => {
      const stack = restarting();
      const type =
        store === 'google-secret-manager' ? 'aws_scheduler_schedule' : 'aws_secretsmanager_secret_rotation';
      expect(resource(stack, type).depends_on).toEqual(
        expect.arrayContaining([expect.stringMatching(/^kubernetes_role_binding_v1\./)]),
      );
    });
  },
);
