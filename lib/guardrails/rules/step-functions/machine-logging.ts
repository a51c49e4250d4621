import { rule } from '../../rule';
import { all } from '../../verdict';
import { machineWith, TASK } from './definition';

/** Machines whose executions leave no trace, or leave their data in the log. */
export const machineLogging = rule('aws_sfn_state_machine', {
  id: 'SFN013',
  title: 'State machine without a log, or with its data in the log',
  severity: 'warning',
  why: 'After 90 days, no record shows what an execution did; its data can contain task tokens and personal data.',
  fix: 'Set logging_configuration.level to "ALL" or "ERROR" and include_execution_data to false.',
  controls: ['SOC 2 CC7.2', 'ISO 27001 A.8.15'],
  answeredBy: ['logExecutionData'],
  check: (machine) =>
    all(
      machine.value('logging_configuration.level').or('OFF').isNot('OFF', 'FATAL'),
      machine.value('logging_configuration.include_execution_data').or(false).is(false),
    ),
  passes: [machineWith(TASK)],
  fails: [
    { ...machineWith(TASK), logging_configuration: undefined },
    { ...machineWith(TASK), logging_configuration: [{ level: 'ALL', include_execution_data: true }] },
  ],
});
