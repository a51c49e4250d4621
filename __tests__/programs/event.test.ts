import { runProgram } from '../examples/run';
import { named, only, statementsOf } from './written';

const scoring = runProgram('../programs/event').scoring!;
const ARN = 'arn:aws:states:eu-west-1:210987654321:stateMachine:scoring-scoring';

test('the notification and the rule refer to the bucket of the stack', () => {
  expect(only(scoring, 'aws_s3_bucket_notification')).toEqual({
    bucket: '${aws_s3_bucket.in.bucket}',
    eventbridge: true,
  });
  const rules = JSON.stringify(scoring.resource?.aws_cloudwatch_event_rule);
  expect(rules).toContain('${aws_s3_bucket.in.bucket}');
});

test('the role may start the alias, by one statement with the reason', () => {
  const policy = named(scoring, 'aws_iam_role_policy', 'role', '${aws_iam_role.book-role.name}');
  expect(policy['//']).toMatchObject({ reason: 'scores orders', owner: 'team-risk' });
  expect(statementsOf(policy)).toEqual([
    {
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [ARN],
      Condition: { 'ForAnyValue:StringEquals': { 'states:StateMachineQualifier': ['live'] } },
    },
  ]);
});

test('the definition publishes to the topic and invokes the alias of the stack', () => {
  const machine = named(scoring, 'aws_sfn_state_machine', 'name', 'scoring-scoring');
  const definition = String(machine.definition);
  expect(definition).toContain('${aws_sns_topic.owners.arn}');
  expect(definition).toContain('${aws_lambda_alias.live.arn}');
  const policy = named(scoring, 'aws_iam_role_policy', 'name', 'execution');
  expect(statementsOf(policy).flatMap(({ Resource }) => Resource)).toEqual(
    expect.arrayContaining(['${aws_sns_topic.owners.arn}', '${aws_lambda_alias.live.arn}']),
  );
});

test('the alarm observes the duration of the executions', () => {
  expect(named(scoring, 'aws_cloudwatch_metric_alarm', 'alarm_name', 'scoring-slow')).toMatchObject({
    namespace: 'AWS/States',
    metric_name: 'ExecutionTime',
    dimensions: { StateMachineArn: ARN },
    statistic: 'Maximum',
    threshold: 600_000,
  });
});
