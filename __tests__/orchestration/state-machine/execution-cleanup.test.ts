import { ExecutionCleanup } from '../../../lib/orchestration/state-machine/execution-cleanup';
import type { ICancellableTarget } from '../../../lib/orchestration/targets/target';
import { resource, resources, type Json } from '../../synth';
import { account, IMAGE, orchestrationStack, platform, target } from '../fixtures';
import { orchestrator } from '../triggers/fixtures';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';

const MACHINE = 'arn:aws:states:eu-west-1:210987654321:stateMachine:nightly';

/** A function that cleans up, as one of a target. */
const cleaned = (name: string): ICancellableTarget => ({
  name,
  account,
  functionArn: `arn:aws:lambda:eu-west-1:210987654321:function:${name}-jobs:live`,
  cleanupFunctionArn: `arn:aws:lambda:eu-west-1:210987654321:function:${name}-cleanup:live`,
  cleanupDeadLetterQueueName: `${name}-cleanup-failed`,
  dependenciesIn: () => [],
});

function cleanup(count: number, props: object = {}) {
  const stack = orchestrationStack();
  const targets = Array.from({ length: count }, (_, index) => cleaned(`t${index + 1}`));
  const made = new ExecutionCleanup(stack, 'cleanup', {
    name: 'nightly',
    account,
    stateMachineArn: MACHINE,
    targets,
    ...props,
  });
  return { stack, made };
}

const rulesOf = ({ stack }: ReturnType<typeof cleanup>) => resources(stack, 'aws_cloudwatch_event_rule');

test('the three ends that are not a success call for a clean-up, of this state machine alone', () => {
  const { event_pattern: pattern } = resource(cleanup(1).stack, 'aws_cloudwatch_event_rule');
  const { source, detail } = JSON.parse(String(pattern)) as { source: string[]; detail: Json };
  expect(source).toEqual(['aws.states']);
  expect(detail).toEqual({ status: ['ABORTED', 'TIMED_OUT', 'FAILED'], stateMachineArn: [MACHINE] });
});

test('what the function is given names the execution', () => {
  const { input_transformer: transformer } = resource(cleanup(1).stack, 'aws_cloudwatch_event_target');
  const execution = `arn:aws:states:eu-west-1:210987654321:execution:nightly:1`;
  // EventBridge writes a text with its quotation marks.
  const input = String(transformer!.input_template).replace('<execution>', JSON.stringify(execution));
  expect(JSON.parse(input)).toEqual({ action: 'cancel', execution });
  expect(transformer!.input_paths).toEqual({ execution: '$.detail.executionArn' });
});

test('five targets share a rule, which has room for no more', () => {
  expect(rulesOf(cleanup(5)).map(({ name }) => name)).toEqual(['nightly-cleanup']);
  const many = cleanup(11);
  expect(rulesOf(many).map(({ name }) => name)).toEqual([
    'nightly-cleanup',
    'nightly-cleanup-2',
    'nightly-cleanup-3',
  ]);
  const targets = resources(many.stack, 'aws_cloudwatch_event_target');
  const ofRule = new Map<string, string[]>();
  for (const { rule, target_id: id } of targets) {
    ofRule.set(String(rule), [...(ofRule.get(String(rule)) ?? []), String(id)]);
  }
  expect([...ofRule.values()]).toEqual([
    ['t1', 't2', 't3', 't4', 't5'],
    ['t6', 't7', 't8', 't9', 't10'],
    ['t11'],
  ]);
});

test('each rule may call its functions by their aliases, and fill the queue', () => {
  const { stack, made } = cleanup(6);
  const arn = (suffix: string) => `arn:aws:events:eu-west-1:210987654321:rule/nightly-cleanup${suffix}`;
  const permissions = resources(stack, 'aws_lambda_permission');
  expect(
    permissions.map(({ function_name, qualifier, principal, source_arn }) => [
      function_name,
      qualifier,
      principal,
      source_arn,
    ]),
  ).toEqual([
    ...[1, 2, 3, 4, 5].map((index) => [`t${index}-cleanup`, 'live', 'events.amazonaws.com', arn('')]),
    ['t6-cleanup', 'live', 'events.amazonaws.com', arn('-2')],
  ]);
  const { policy } = resource(stack, 'aws_sqs_queue_policy');
  const { Statement } = JSON.parse(String(policy)) as { Statement: Json[] };
  expect(Statement.map(({ Condition }) => Condition!.ArnEquals!['aws:SourceArn'])).toEqual([
    arn(''),
    arn('-2'),
  ]);
  for (const { Effect, Action, Principal, Resource } of Statement) {
    expect({ Effect, Action, Principal, Resource }).toEqual({
      Effect: 'Allow',
      Action: 'sqs:SendMessage',
      Principal: { Service: 'events.amazonaws.com' },
      Resource: `arn:aws:sqs:eu-west-1:210987654321:${made.queueName}`,
    });
  }
});

test('what cannot be delivered within an hour is kept, and raises an alarm', () => {
  const actions = ['arn:aws:sns:eu-west-1:210987654321:on-call'];
  const { stack } = cleanup(1, { alarmActions: actions });
  const queue = 'arn:aws:sqs:eu-west-1:210987654321:nightly-cleanup-undelivered';
  expect(resource(stack, 'aws_cloudwatch_event_target')).toMatchObject({
    dead_letter_config: { arn: queue },
    retry_policy: { maximum_event_age_in_seconds: 3_600, maximum_retry_attempts: 20 },
  });
  expect(resource(stack, 'aws_cloudwatch_metric_alarm')).toMatchObject({
    metric_name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: 'nightly-cleanup-undelivered' },
    alarm_actions: actions,
  });
});

test('a target that several steps name is cleaned up once', () => {
  const stack = orchestrationStack();
  const shared = platform(stack);
  const [etl, load] = ['etl', 'load'].map((name) => target(stack, { ...shared, name }, name));
  const step = (name: string, of = etl!) => new GkeJobStep(name, { target: of, image: IMAGE });
  orchestrator(stack, {
    definition: step('One').next(new ParallelStep('Both', { branches: [step('Two'), step('Three', load)] })),
  });
  const ids = resources(stack, 'aws_cloudwatch_event_target').map(({ target_id: id }) => id);
  expect(ids).toEqual(['etl', 'load']);
});
