import { type ScheduleTriggerProps } from '../../../lib/orchestration/triggers/schedule-trigger';
import { resource, resources } from '../../synth';
import { smallest, stackOf, start } from './trigger-kinds';

describe('a schedule', () => {
  const schedule = (props: Partial<ScheduleTriggerProps>) =>
    resource(stackOf('schedule', props), 'aws_scheduler_schedule');

  test('may have a time zone, a window, a beginning and an end', () => {
    expect(
      schedule({
        timeZone: 'Europe/Berlin',
        flexibleWindowMinutes: 30,
        startDate: '2027-01-01T00:00:00Z',
        endDate: '2027-12-31T00:00:00Z',
        enabled: false,
        retry: { attempts: 3, ageSeconds: 600 },
      }),
    ).toMatchObject({
      schedule_expression_timezone: 'Europe/Berlin',
      flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 30 },
      start_date: '2027-01-01T00:00:00Z',
      end_date: '2027-12-31T00:00:00Z',
      state: 'DISABLED',
      target: { retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 600 } },
    });
  });

  test('of a group that exists makes none, and its role trusts that group', () => {
    const stack = stackOf('schedule', { groupName: 'shared' });
    expect(resources(stack, 'aws_scheduler_schedule_group')).toEqual([]);
    expect(resource(stack, 'aws_scheduler_schedule').group_name).toBe('shared');
    expect(JSON.stringify(resources(stack, 'aws_iam_role'))).toContain('schedule-group/shared');
  });

  test('is one execution for each time that was planned, whatever the number of tries', () => {
    expect(start(smallest.schedule.stack).Parameters!['Name.$']).toBe(
      "States.Hash(States.JsonToString(States.Array('at-night', $.schedule, $.time)), 'SHA-256')",
    );
  });

  test.each([
    'rate(1 minute)',
    'rate(5 hours)',
    'at(2027-01-31T03:00:00)',
    'cron(0/15 8-17 ? * MON-FRI *)',
    'cron(0 3 L * ? 2027-2030)',
  ])('%s is an expression', (expression) => {
    expect(schedule({ expression }).schedule_expression).toBe(expression);
  });
});
