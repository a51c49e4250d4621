import type { TerraformStack } from 'cdktf';
import { RotationHook } from '../../lib/secrets/rotation-hook';
import { permissions, predefinedRoles } from '../granted';
import { byAddress, resource, resources, synthesized } from '../synth';
import { federationOf, onAws, onGoogle, restartOf, stackWithAws } from './fixtures';
import { settings, statements } from './rotated-secret-fixtures';

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
          Condition: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
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
