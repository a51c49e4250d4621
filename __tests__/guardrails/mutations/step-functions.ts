import { contains, set, text, type Block, type Mutation } from './mutation';

const machine = (title: string, rule: string, change: (block: Block) => void, part = ''): Mutation => ({
  title,
  type: 'aws_sfn_state_machine',
  where: contains('definition', part),
  change,
  rule,
});

/** Changes of state machines and of what starts them. */
export const stepFunctionsMutations: readonly Mutation[] = [
  machine('a Task without a time-out', 'SFN001', (block) => {
    const definition = JSON.parse(String(block.definition)) as { States: Record<string, Block> };
    const tasks = Object.values(definition.States).filter(({ Type }) => Type === 'Task');
    tasks.forEach((task) => delete task.TimeoutSeconds);
    block.definition = JSON.stringify(definition);
  }),
  machine('a machine without a time-out', 'SFN002', (block) => {
    text('definition', /\n {2}"TimeoutSeconds": \d+,/, '')(block);
    set('type', 'STANDARD')(block);
  }),
  machine(
    'a heartbeat over the time-out',
    'SFN003',
    text('definition', '"Type": "Task",', '"Type": "Task", "HeartbeatSeconds": 999999,'),
  ),
  machine(
    'a token that nobody gets',
    'SFN004',
    text(
      'definition',
      /"arn:aws:states:::(lambda:invoke|sqs:sendMessage|states:startExecution)"/,
      '"arn:aws:states:::sqs:sendMessage.waitForTaskToken"',
    ),
    'arn:aws:states:::',
  ),
  machine('no log', 'SFN013', (block) =>
    Object.assign(block, { logging_configuration: { level: 'OFF' }, '//': {} }),
  ),
  machine('data in the log', 'SFN013', (block) => {
    set('logging_configuration.include_execution_data', true)(block);
    set('//', {})(block);
  }),
  machine(
    'a Choice without a default',
    'SFN012',
    text('definition', /,\s*"Default": "[^"]*"/, ''),
    '"Default"',
  ),
  {
    title: 'an event target without a queue',
    type: 'aws_cloudwatch_event_target',
    change: set('dead_letter_config', undefined),
    rule: 'SFN014',
  },
  {
    title: 'a schedule without a queue',
    type: 'aws_scheduler_schedule',
    change: set('target.dead_letter_config', undefined),
    rule: 'SFN014',
  },
];
