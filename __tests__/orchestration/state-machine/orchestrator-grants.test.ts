import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { App, TerraformStack, Testing } from 'cdktf';
import { Defaults } from '../../../lib/defaults';
import { MetricGate } from '../../../lib/orchestration/gates/metric-gate';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { ScheduleTrigger } from '../../../lib/orchestration/triggers/schedule-trigger';
import { OrchestratorDashboard } from '../../../lib/orchestration/state-machine/dashboard/orchestrator-dashboard';
import { refusal, resource, resources, testStack, withAws, type Json } from '../../synth';
import { account } from '../fixtures';
import { ALIAS_ARN, orchestrator } from '../triggers/fixtures';

const stackWithAws = () => withAws(testStack());
const why = { reason: 'books orders' };
const start = {
  Effect: 'Allow',
  Action: ['states:StartExecution'],
  Resource: ['arn:aws:states:eu-west-1:210987654321:stateMachine:nightly'],
  Condition: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
};

const granted = (stack: TerraformStack): Json[] =>
  resources(stack, 'aws_iam_role_policy').filter(({ name }) => String(name).startsWith('start-nightly'));

describe('grants.startExecution', () => {
  test('gives an IamRole an inline policy for the alias, with the reason', () => {
    const stack = stackWithAws();
    const role = new IamRole(stack, 'booking', { name: 'booking', assumeRolePolicy: '{}' });
    const [policy] = orchestrator(stack).grants.startExecution(role, why);
    expect(policy!.node.path).toMatch(/^prod\/booking\/start-nightly-[0-9a-f]{8}$/);
    const [made] = granted(stack);
    expect(made).toMatchObject({
      role: '${aws_iam_role.booking.name}',
      '//': { reason: 'books orders', owner: 'team-data', statements: [{ reason: 'books orders' }] },
    });
    expect(JSON.parse(String(made!.policy))).toEqual({ Version: '2012-10-17', Statement: [start] });
  });

  test('gives a role of another tool the policy by its name, with the reason of the orchestrator', () => {
    const stack = stackWithAws();
    orchestrator(stack).grants.startExecution({ name: 'booking' });
    expect(granted(stack)).toEqual([
      expect.objectContaining({
        role: 'booking',
        '//': expect.objectContaining({ reason: 'loads the warehouse' }) as object,
      }),
    ]);
  });

  test('adds a statement to a role of the library', () => {
    const statements: unknown[] = [];
    const stack = stackWithAws();
    const role = { addStatement: (each: unknown) => (statements.push(each), resourceOf(stack)) };
    orchestrator(stack).grants.startExecution(role as never, why);
    expect(statements).toEqual([
      {
        actions: start.Action,
        resources: start.Resource,
        conditions: start.Condition,
        reason: 'books orders',
      },
    ]);
  });

  test('keeps the policies of two orchestrators on one role apart', () => {
    const stack = stackWithAws();
    const role = new IamRole(stack, 'booking', { name: 'booking', assumeRolePolicy: '{}' });
    const [first, second] = ['eu-west-1', 'us-east-1'].map((region) =>
      StepFunctionsOrchestrator.fromArn(stack, region, ALIAS_ARN.replace('eu-west-1', region)),
    );
    first!.grants.startExecution(role, why);
    second!.grants.startExecution(role, why);
    expect(new Set(granted(stack).map(({ name }) => String(name))).size).toBe(2);
  });

  test('puts the policy into the stack of the role', () => {
    const app = new App();
    const [machines, roles] = ['machines', 'roles'].map((name) => new TerraformStack(app, name));
    const role = new IamRole(roles!, 'booking', { name: 'booking', assumeRolePolicy: '{}' });
    orchestrator(machines!).grants.startExecution(role, why);
    expect(Testing.synth(roles!)).not.toContain('terraform_remote_state');
    expect(Testing.synth(machines!)).not.toContain('"start-nightly-');
    expect(Testing.synth(roles!)).toContain('"start-nightly-');
  });

  test('allows synchronous executions of an Express state machine', () => {
    const stack = stackWithAws();
    const express = orchestrator(stack, { type: 'EXPRESS' });
    expect(express.grants.startExecutionStatement(why)).toMatchObject({
      actions: ['states:StartExecution', 'states:StartSyncExecution'],
      reason: 'books orders',
    });
  });

  test.each<[string, unknown, string]>([
    [
      'no role',
      undefined,
      'role is required. It must be an AWS role: a GkeToAwsRole, an IamRole, or { name } of a role.',
    ],
    [
      'an ARN',
      { name: 'arn:aws:iam::210987654321:role/booking' },
      'role must be an AWS role: a GkeToAwsRole, an IamRole, or { name } of a role (got {"name":"arn:aws:iam::210987654321:role/booking"}).',
    ],
  ])('rejects %s', (_, role, message) => {
    const nightly = orchestrator(stackWithAws());
    expect(refusal(() => nightly.grants.startExecution(role as never)).message).toBe(
      `prod/nightly: ${message}`,
    );
  });

  test('rejects a second grant to the same role', () => {
    const stack = stackWithAws();
    const role = new IamRole(stack, 'booking', { name: 'booking', assumeRolePolicy: '{}' });
    const nightly = orchestrator(stack);
    nightly.grants.startExecution(role);
    expect(refusal(() => nightly.grants.startExecution(role)).message).toBe(
      'prod/nightly: role must be granted "start-nightly" once (got "prod/booking"). Remove the second grant.',
    );
  });
});

describe('metric', () => {
  test('is plain data of the state machine', () => {
    const nightly = orchestrator(stackWithAws());
    expect(nightly.metric('ExecutionsFailed')).toEqual({
      namespace: 'AWS/States',
      metricName: 'ExecutionsFailed',
      dimensions: { StateMachineArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly' },
      statistic: 'Sum',
      period: 300,
    });
    expect(nightly.metric('ExecutionTime')).toMatchObject({ statistic: 'Maximum' });
    expect(nightly.metric('ExecutionTime', { statistic: 'p95', period: 60 })).toMatchObject({
      statistic: 'p95',
      period: 60,
    });
  });

  test('spreads into an alarm and is read by a gate', () => {
    const stack = stackWithAws();
    const nightly = orchestrator(stack);
    new CloudwatchMetricAlarm(stack, 'slow', {
      ...nightly.metric('ExecutionTime'),
      statistic: undefined,
      extendedStatistic: 'p95',
      alarmName: 'slow',
      evaluationPeriods: 1,
      threshold: 600_000,
      comparisonOperator: 'GreaterThanThreshold',
    });
    new MetricGate(stack, 'healthy', { metric: nightly.metric('ExecutionsFailed'), account, ...why });
    const slow = resources(stack, 'aws_cloudwatch_metric_alarm').find(
      ({ alarm_name }) => String(alarm_name) === 'slow',
    );
    expect(slow).toMatchObject({
      namespace: 'AWS/States',
      metric_name: 'ExecutionTime',
      extended_statistic: 'p95',
      period: 300,
    });
    expect(slow).not.toHaveProperty('statistic');
    expect(String(JSON.stringify(resource(stack, 'aws_lambda_function').environment))).toContain(
      'ExecutionsFailed',
    );
  });
});

const partitions: [string, string][] = [
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
  ['aws-eusc', 'eusc-de-east-1'],
  ['aws-iso', 'us-iso-east-1'],
  ['aws-iso-b', 'us-isob-east-1'],
  ['aws-iso-e', 'eu-isoe-west-1'],
  ['aws-iso-f', 'us-isof-south-1'],
];

describe('fromArn', () => {
  const imported = (arn = ALIAS_ARN) => StepFunctionsOrchestrator.fromArn(stackWithAws(), 'it', arn);

  test('takes all names from the ARN of the alias', () => {
    const { name, type, account: home, stateMachineArn, aliasName, aliasArn, functionArns } = imported();
    expect({ name, type, home, stateMachineArn, aliasName, aliasArn, functionArns }).toEqual({
      name: 'nightly',
      type: 'STANDARD',
      home: { id: '210987654321', region: 'eu-west-1', partition: 'aws' },
      stateMachineArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly',
      aliasName: 'live',
      aliasArn: ALIAS_ARN,
      functionArns: [],
    });
  });

  test.each(partitions)('takes the account in %s from the ARN', (partition, region) => {
    const { account, stateMachineArn } = imported(
      ALIAS_ARN.replace('aws:states:eu-west-1', `${partition}:states:${region}`),
    );
    expect(account).toEqual({ id: '210987654321', region, partition });
    expect(stateMachineArn).toBe(`arn:${partition}:states:${region}:210987654321:stateMachine:nightly`);
  });

  test.each<[string, string, string]>([
    [
      'an unknown partition',
      'aws-moon:states:eu-west-1',
      'be the ARN of an alias of a state machine, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS',
    ],
    ['a region of another partition', 'aws:states:cn-north-1', 'have a region of its partition'],
  ])('rejects %s', (_, part, rule) => {
    const arn = ALIAS_ARN.replace('aws:states:eu-west-1', part);
    expect(refusal(() => imported(arn)).message).toContain(`prod/it: aliasArn must ${rule} (got "${arn}").`);
  });

  test.each<[string, string, string]>([
    [
      'a state machine without an alias',
      ALIAS_ARN.replace(':live', ''),
      ' Use an alias. A state machine or a version of it runs without review of later versions.',
    ],
    [
      'a version',
      ALIAS_ARN.replace(':live', ':7'),
      ' Use an alias. A state machine or a version of it runs without review of later versions.',
    ],
    ['another service', ALIAS_ARN.replace(':states:', ':lambda:'), ''],
  ])('rejects %s', (_, arn, fix) => {
    expect(refusal(() => imported(arn)).message).toBe(
      `prod/it: aliasArn must be the ARN of an alias of a state machine, arn:aws:states:REGION:ACCOUNT:stateMachine:NAME:ALIAS (got "${arn}").${fix}`,
    );
  });

  test('rejects a token, because names of other resources contain parts of the ARN', () => {
    expect(refusal(() => imported('${TfToken[TOKEN.99]}')).message).toBe(
      'prod/it: aliasArn must be known at synth (got "a token"). Pass a plain value instead of a token.',
    );
  });

  test('is accepted by triggers, dashboards and grants', () => {
    const stack = stackWithAws();
    Defaults.of(stack).set({ reason: 'loads the warehouse' });
    const nightly = StepFunctionsOrchestrator.fromArn(stack, 'nightly', ALIAS_ARN);
    const trigger = new ScheduleTrigger(stack, 'at-night', {
      orchestrator: nightly,
      expression: 'rate(1 day)',
    });
    new OrchestratorDashboard(stack, 'dashboard', { orchestrator: nightly, triggers: [trigger] });
    nightly.grants.startExecution({ name: 'booking' });
    const dashboard = String(resource(stack, 'aws_cloudwatch_dashboard').dashboard_body);
    expect(dashboard).toContain(trigger.deadLetterQueueName);
    expect(dashboard).not.toContain('history in the log group');
    expect(granted(stack)).toHaveLength(1);
  });
});

function resourceOf(stack: TerraformStack) {
  return new IamRole(stack, 'any', { name: 'any', assumeRolePolicy: '{}' });
}
