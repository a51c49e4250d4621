import { rule } from '../../rule';
import { pass, when } from '../../verdict';

const machine = 'arn:aws:states:eu-west-1:123456789012:stateMachine:etl';
const queue = { dead_letter_config: { arn: 'arn:aws:sqs:eu-west-1:123456789012:etl-undelivered' } };

/** Events that are lost when a machine cannot start. */
export const undeliveredEvent = rule(['aws_cloudwatch_event_target', 'aws_scheduler_schedule'], {
  id: 'SFN014',
  title: 'Start of a state machine without a dead-letter queue',
  severity: 'warning',
  why: 'An event that cannot start its execution is dropped after the retries without an alarm.',
  fix: 'Set dead_letter_config.arn to an SQS queue with an alarm.',
  controls: ['SOC 2 PI1.3', 'SOC 2 A1.2'],
  check: (target) => {
    const path = target.type === 'aws_scheduler_schedule' ? 'target.' : '';
    const arn = target.value(`${path}arn`);
    const starts = /:states:|:stateMachine:|aws-sdk:sfn/.test(arn.outline) || arn.text.includes('aws_sfn_');
    if (!starts && (arn.identity !== undefined || !arn.isPresent)) return pass;
    return when(starts ? pass : arn.unknown(), target.value(`${path}dead_letter_config.arn`).isSet());
  },
  passes: [
    { rule: 'r', arn: machine, ...queue },
    { rule: 'r', arn: 'arn:aws:sns:eu-west-1:123456789012:topic' },
  ],
  fails: [
    { rule: 'r', arn: machine },
    { rule: 'r', arn: '${aws_sfn_state_machine.etl.arn}' },
    { resource: { aws_scheduler_schedule: { x: { name: 'x', target: { arn: machine, role_arn: 'r' } } } } },
  ],
});
