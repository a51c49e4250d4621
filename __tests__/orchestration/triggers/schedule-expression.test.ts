import { scheduleProblem } from '../../../lib/orchestration/triggers/schedule-expression';

test.each([
  'cron(0 3 * * ? *)',
  'cron(0/15 * ? * MON-FRI *)',
  'cron(0 8,20 L * ? 2026-2027)',
  'cron(30 0 ? * 2#1 *)',
  'cron(0 10 15W * ? *)',
  'cron(0 10 ? JAN,JUL SUNL 2199)',
  'cron(*/10 * * * ? *)',
  'rate(1 minute)',
  'rate(6 hours)',
  'at(2027-01-31T03:00:00)',
])('%s is a schedule', (text) => {
  expect(scheduleProblem(text)).toBeUndefined();
});

test.each([
  ['cron(0 25 * * ? *)', 'The hours must be from 0 to 23.'],
  ['cron(60 3 * * ? *)', 'The minutes must be from 0 to 59.'],
  ['cron(0 3 32 * ? *)', 'The day of the month must be from 1 to 31.'],
  ['cron(0 3 * 13 ? *)', 'The month must be from 1 to 12.'],
  ['cron(0 3 ? * 8 *)', 'The day of the week must be from 1 to 7.'],
  ['cron(0 3 ? * 0 *)', 'The day of the week must be from 1 to 7.'],
  ['cron(0 3 ? * MONDAY *)', 'The day of the week must be from 1 to 7.'],
  ['cron(0 3 * * ? 26)', 'The year must be from 1970 to 2199.'],
  ['cron(0/0 3 * * ? *)', 'The minutes must be from 0 to 59.'],
  ['cron(0 3 * * * *)', 'Write "?" for exactly one of the two days.'],
  ['cron(0 3 ? * ? *)', 'Write "?" for exactly one of the two days.'],
  ['cron(0 3 * * ?)', 'Write 6 fields in cron(…), separated by one space.'],
  ['rate(0 hours)', 'Write a rate as rate(6 hours).'],
  ['rate(5 weeks)', 'Write a rate as rate(6 hours).'],
  ['at(2027-02-31)', 'Write the time as 2027-01-31T03:00:00.'],
  [
    '0 3 * * *',
    'This is a Unix cron expression: write cron(…) around it, "?" for one of the days, and a year at the end.',
  ],
  ['daily', 'Use one of the three forms.'],
])('%s is none', (text, remedy) => {
  expect(scheduleProblem(text)).toBe(remedy);
});
