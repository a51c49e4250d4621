import { rule } from '../../rule';

/** Log groups that grow for ever. */
export const logRetention = rule('aws_cloudwatch_log_group', {
  id: 'AWS015',
  title: 'Log group without a retention',
  severity: 'warning',
  why: 'CloudWatch keeps and bills the logs for ever, and personal data in them is never deleted.',
  fix: 'Set retention_in_days.',
  controls: ['SOC 2 CC7.2', 'ISO 27001 A.8.10'],
  check: (group) => group.value('retention_in_days').or(0).isNot(0),
  passes: [{ name: '/aws/lambda/x', retention_in_days: 30 }],
  fails: [{ name: '/aws/lambda/x' }, { name: '/aws/lambda/x', retention_in_days: 0 }],
  unknowns: [{ name: '/aws/lambda/x', retention_in_days: '${var.days}' }],
});
