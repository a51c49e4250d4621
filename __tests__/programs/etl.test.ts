import { runProgram } from '../examples/run';
import { all, named, only, values } from './written';

const etl = runProgram('../programs/etl').etl!;

test('the state machine runs two Jobs and ends early without new data', () => {
  const machine = named(etl, 'aws_sfn_state_machine', 'name', 'etl-nightly');
  const { States: states } = JSON.parse(String(machine.definition)) as { States: Record<string, object> };
  expect(Object.keys(states)).toEqual(expect.arrayContaining(['Extract', 'Load', 'Nothing to do']));
});

test('every alarm notifies the topic', () => {
  const alarms = all(etl, 'aws_cloudwatch_metric_alarm');
  expect(alarms.length).toBeGreaterThan(8);
  for (const { alarm_actions } of alarms) expect(alarm_actions).toEqual(['${aws_sns_topic.alarms.arn}']);
});

test('every role and account has the reason and the owner', () => {
  const justified = [...all(etl, 'aws_iam_role'), ...all(etl, 'google_service_account')];
  expect(justified.length).toBeGreaterThan(5);
  for (const each of justified) {
    expect(each['//']).toMatchObject({ reason: 'loads the warehouse', owner: 'team-data' });
  }
});

test('the functions are in the account of the federation', () => {
  expect(values(etl, 'aws_lambda_function', 'function_name')).toEqual([
    'etl-jobs-gke-cleanup',
    'etl-jobs-gke-jobs',
  ]);
  expect(only(etl, 'google_iam_workload_identity_pool_provider').aws).toEqual({ account_id: '210987654321' });
});

test('the schedule starts the starter, and the dashboard shows its dead-letter queue', () => {
  expect(only(etl, 'aws_scheduler_schedule')).toMatchObject({ schedule_expression: 'cron(0 3 * * ? *)' });
  expect(String(only(etl, 'aws_cloudwatch_dashboard').dashboard_body)).toContain('etl-at-night-undelivered');
});
