import type { TerraformStack } from 'cdktf';
import { canAbandonJobs } from '../../../lib/orchestration/state-machine/asl/abandoned-jobs';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { StatesBlock } from '../../../lib/orchestration/state-machine/asl/states';
import type { IChainable } from '../../../lib/orchestration/state-machine/step';
import { MapStep } from '../../../lib/orchestration/state-machine/steps/map-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
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
    afterSuccess: false,
    childExecutions: false,
    reason: 'loads the warehouse',
    ...props,
  });
  return { stack, made };
}

const KEY = 'arn:aws:kms:eu-west-1:210987654321:key/0f8fad5b-d9cb-469f-a165-70867728950e';
const EXECUTION = 'arn:aws:states:eu-west-1:210987654321:execution:nightly:1';

const statusesOf = (stack: TerraformStack) => {
  const rule = resources(stack, 'aws_cloudwatch_event_rule').find(
    ({ name }) => String(name) === 'nightly-cleanup',
  )!;
  return JSON.parse(String(rule.event_pattern)) as { source: string[]; detail: Json };
};
const cleanupMachine = (stack: TerraformStack) =>
  resources(stack, 'aws_sfn_state_machine').find(({ name }) => String(name) === 'nightly-cleanup')!;
const definitionOf = (stack: TerraformStack) =>
  JSON.parse(String(cleanupMachine(stack).definition)) as StatesBlock;

test('the three ends that are not a success start a clean-up, of this state machine alone', () => {
  const { source, detail } = statusesOf(cleanup(1).stack);
  expect(source).toEqual(['aws.states']);
  expect(detail).toEqual({ status: ['ABORTED', 'TIMED_OUT', 'FAILED'], stateMachineArn: [MACHINE] });
});

test('a success starts a clean-up where a job may be abandoned', () => {
  expect(statusesOf(cleanup(1, { afterSuccess: true }).stack).detail.status).toContain('SUCCEEDED');
});

test('the state machine gets the execution and its status', () => {
  const { input_transformer: transformer, arn } = resource(cleanup(1).stack, 'aws_cloudwatch_event_target');
  expect(arn).toBe(`${MACHINE}-cleanup`);
  // EventBridge writes a text with its quotation marks.
  const input = String(transformer!.input_template)
    .replace('<execution>', JSON.stringify(EXECUTION))
    .replace('<status>', '"FAILED"');
  expect(JSON.parse(input)).toEqual({ execution: EXECUTION, status: 'FAILED' });
  expect(transformer!.input_paths).toEqual({ execution: '$.detail.executionArn', status: '$.detail.status' });
});

describe('the states', () => {
  test('delete at once, and again after the longest submit', () => {
    const definition = definitionOf(cleanup(2).stack);
    expect(definition).toMatchSnapshot();
    expect(definitionProblems(definition)).toEqual([]);
  });

  test('a Distributed Map adds a pass after the end of its children', () => {
    const { States } = definitionOf(cleanup(1, { childExecutions: true }).stack);
    expect(States['Wait (3)']).toEqual({ Type: 'Wait', Seconds: 900, Next: 'Describe execution (3)' });
    expect(States['Left? (2)']!.Default).toBe('Wait (3)');
    expect(States['Left? (3)']!.Default).toBe('Done');
  });
});

test('its role may describe executions, invoke the functions and keep failures, under a customer key too', () => {
  const { stack } = cleanup(2, { kmsKeyArn: KEY });
  const policies = resources(stack, 'aws_iam_role_policy').map(
    ({ policy }) => (JSON.parse(String(policy)) as { Statement: Json[] }).Statement,
  );
  const [machine, start] = policies;
  expect(machine!.slice(0, 4)).toEqual([
    {
      Sid: 'InvokeCleanupFunctions',
      Effect: 'Allow',
      Action: ['lambda:InvokeFunction'],
      Resource: [1, 2].map(
        (index) => `arn:aws:lambda:eu-west-1:210987654321:function:t${index}-cleanup:live`,
      ),
    },
    {
      Sid: 'DescribeExecutions',
      Effect: 'Allow',
      Action: ['states:DescribeExecution'],
      Resource: ['arn:aws:states:eu-west-1:210987654321:execution:nightly:*'],
    },
    {
      Sid: 'SendToDeadLetterQueue',
      Effect: 'Allow',
      Action: ['sqs:SendMessage'],
      Resource: ['arn:aws:sqs:eu-west-1:210987654321:nightly-cleanup-undelivered'],
    },
    {
      Sid: 'EncryptDeadLetter',
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: [KEY],
    },
  ]);
  expect(start).toEqual([
    {
      Sid: 'StartCleanup',
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [`${MACHINE}-cleanup`],
    },
  ]);
});

test('what cannot be delivered within a day is kept, and raises an alarm', () => {
  const actions = ['arn:aws:sns:eu-west-1:210987654321:on-call'];
  const { stack } = cleanup(1, { alarmActions: actions });
  const queue = 'arn:aws:sqs:eu-west-1:210987654321:nightly-cleanup-undelivered';
  expect(resource(stack, 'aws_cloudwatch_event_target')).toMatchObject({
    dead_letter_config: { arn: queue },
    retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
  });
  const alarms = resources(stack, 'aws_cloudwatch_metric_alarm');
  expect(alarms.map(({ alarm_name: name }) => name)).toEqual(
    expect.arrayContaining(['nightly-cleanup-failed', 'nightly-cleanup-undelivered-has-messages']),
  );
  for (const { alarm_actions } of alarms) expect(alarm_actions).toEqual(actions);
});

test('a target that several steps name is cleaned up once', () => {
  const stack = orchestrationStack();
  const shared = platform(stack);
  const [etl, load] = ['etl', 'load'].map((name) => target(stack, { ...shared, name }, name));
  const step = (name: string, of = etl!) => new GkeJobStep(name, { target: of, image: IMAGE });
  orchestrator(stack, {
    definition: step('One').next(new ParallelStep('Both', { branches: [step('Two'), step('Three', load)] })),
  });
  const branches = definitionOf(stack).States['Delete jobs']!.Branches as StatesBlock[];
  expect(branches.map(({ StartAt }) => StartAt)).toEqual(['etl', 'load']);
});

describe('an execution may abandon a job', () => {
  const etl = target(orchestrationStack());
  const step = (name = 'Load') => new GkeJobStep(name, { target: etl, image: IMAGE });
  const abandons = (chain: IChainable) => canAbandonJobs(StateMachineDefinition.fromSteps(chain).states);

  test.each<[boolean, string, () => IChainable]>([
    [false, 'one Job', () => step()],
    [false, 'a handler of an end', () => step().catch('GKE.JobFailed', new SucceedStep('Anyway'))],
    [true, 'a handler of all errors', () => step().catch('States.ALL', new SucceedStep('Anyway'))],
    [
      true,
      'a handler of an API that is unavailable',
      () => step().catch('GKE.ApiUnavailable', new SucceedStep('A')),
    ],
    [true, 'branches', () => new ParallelStep('Both', { branches: [step(), step('Other')] })],
    [true, 'items', () => new MapStep('Each', { item: step() })],
  ])('%s: %s', (expected, _, chain) => {
    expect(abandons(chain())).toBe(expected);
  });
});
