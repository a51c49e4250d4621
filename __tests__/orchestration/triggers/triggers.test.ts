import { resources, sibling, synthesized, withAws, type Json } from '../../synth';
import { orchestrationStack } from '../fixtures';
import { madeBy, orchestrator, statements } from './fixtures';
import { KEY, KINDS, kinds, smallest, stackOf, start } from './trigger-kinds';

describe('the smallest one', () => {
  test.each(KINDS)('of the kind %s', (kind) => {
    expect(madeBy(smallest[kind].stack, 'trigger')).toMatchSnapshot();
  });
});

describe('every trigger', () => {
  test.each(KINDS)('(%s) starts the alias, and its role may start nothing else', (kind) => {
    const { stack } = smallest[kind];
    expect(start(stack).Parameters!.StateMachineArn).toBe(
      'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly:live',
    );
    const starts = statements(stack, 'trigger').filter(({ Action }) =>
      JSON.stringify(Action).includes('states:Start'),
    );
    const own = `arn:aws:states:eu-west-1:210987654321:stateMachine:${
      {
        schedule: 'at-night',
        event: 'on-order',
        object: 'on-file',
        queue: 'on-message',
        google: 'from-google',
      }[kind]
    }`;
    expect(starts.map(({ Sid, Resource, Condition }) => [Sid, Resource, Condition]).sort()).toEqual([
      [
        'StartOrchestrator',
        ['arn:aws:states:eu-west-1:210987654321:stateMachine:nightly'],
        { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
      ],
      ['StartStarter', [own], undefined],
    ]);
  });

  test.each(KINDS)('(%s) is allowed on "*" what AWS knows no resource of, and nothing else', (kind) => {
    const wide = statements(stackOf(kind, { kmsKeyArn: KEY }), 'trigger').filter(({ Resource }) =>
      (Resource as unknown as string[]).includes('*'),
    );
    const actions = new Set(wide.flatMap(({ Action }) => Action as unknown as string[]));
    expect(
      [...actions].filter((each) => !/^(logs:\w*(Deliver|LogGroups|ResourcePolic)\w*|xray:\w+)$/.test(each)),
    ).toEqual([]);
  });

  test.each(KINDS)(
    '(%s) trusts the service for its own resource alone, where the service says which',
    (kind) => {
      const trusts = Object.entries(madeBy(smallest[kind].stack, 'trigger'))
        .filter(([address]) => address.startsWith('aws_iam_role.'))
        .map(([, { assume_role_policy }]) => (assume_role_policy!.Statement as unknown as Json[])[0]!);
      for (const { Principal, Condition } of trusts) {
        const service = String(Principal!.Service);
        if (['lambda.amazonaws.com', 'apigateway.amazonaws.com'].includes(service)) continue;
        expect(Condition).toMatchObject({
          StringEquals: { 'aws:SourceAccount': '210987654321' },
          ArnEquals: {
            'aws:SourceArn': expect.stringMatching(/^arn:aws:\w+:eu-west-1:210987654321:\S+$/) as string,
          },
        });
      }
      expect(trusts.length).toBe(kind === 'google' ? 3 : 2);
    },
  );

  test.each(KINDS)('(%s) keeps what starts nothing, and raises an alarm', (kind) => {
    const { stack, trigger } = smallest[kind];
    const { deadLetterQueueName } = trigger;
    expect(resources(stack, 'aws_sqs_queue').map(({ name }) => name)).toContain(deadLetterQueueName);
    expect(resources(stack, 'aws_cloudwatch_metric_alarm').map(({ alarm_name }) => alarm_name)).toContain(
      `${deadLetterQueueName}-has-messages`,
    );
  });

  test.each(KINDS)('(%s) encrypts its logs and queues with the key, and lets its roles use it', (kind) => {
    const stack = stackOf(kind, { kmsKeyArn: KEY });
    const made = Object.entries(madeBy(stack, 'trigger'));
    const of = (type: string) =>
      made.filter(([address]) => address.startsWith(`${type}.`)).map(([, each]) => each);
    expect(of('aws_sqs_queue').map(({ kms_master_key_id }) => kms_master_key_id)).not.toContain(undefined);
    expect(of('aws_cloudwatch_log_group').map(({ kms_key_id }) => kms_key_id)).not.toContain(undefined);
    const withKey = statements(stack, 'trigger').filter(({ Resource }) =>
      (Resource as unknown as string[]).includes(KEY),
    );
    expect(withKey.length).toBeGreaterThan(0);
  });

  test.each(KINDS)('(%s) waits for the alias', (kind) => {
    const machine = Object.entries(madeBy(smallest[kind].stack, 'trigger')).find(([address]) =>
      address.startsWith('aws_sfn_state_machine.'),
    )![1];
    expect(machine.depends_on).toContain('aws_sfn_alias.nightly_alias_8367911A');
  });

  test.each(KINDS)('(%s) has the input that it is told', (kind) => {
    const stack = stackOf(kind, { input: { 'when.$': '$.time', fixed: ['${literal}'] } });
    expect(start(stack).Parameters!.Input).toEqual({ 'when.$': '$.time', fixed: ['$${literal}'] });
  });

  test.each(KINDS)('(%s) names the role that starts, for the audit', (kind) => {
    const { stack, trigger } = smallest[kind];
    const roles = resources(stack, 'aws_iam_role').map(
      ({ name }) => `arn:aws:iam::210987654321:role/${String(name)}`,
    );
    expect(roles).toContain(trigger.starterRoleArn);
  });
});

test('a trigger of another stack is applied after the orchestrator, and reads no state of it', () => {
  const stack = orchestrationStack('orchestration');
  const other = withAws(sibling(stack, 'triggers'));
  kinds.event(other, { orchestrator: orchestrator(stack) });
  expect(other.dependencies).toEqual([stack]);
  const [machine] = resources(other, 'aws_sfn_state_machine');
  expect(machine!.depends_on).toEqual(['aws_iam_role_policy.trigger_starter_policy_F1BD2C30']);
  expect(JSON.stringify(synthesized(other))).not.toContain('terraform_remote_state');
});
