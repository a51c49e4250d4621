import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { StepFunctionsOrchestratorProps } from '../../../lib/orchestration/state-machine/step-functions-orchestrator-props';
import { ApprovalStep } from '../../../lib/orchestration/state-machine/steps/approval-step';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { TaskStep } from '../../../lib/orchestration/state-machine/steps/task-step';
import { refusal } from '../../synth';
import { account, IMAGE, orchestrationStack } from '../fixtures';
import { FUNCTION, asl, etl, job, task } from './machine-fixtures';

/** A definition in a text, with a Task in a branch. */
function inBranch(resource: string): StateMachineDefinition {
  const call = { Type: 'Task', Resource: resource, Parameters: {}, TimeoutSeconds: 60, End: true };
  const branch = { StartAt: 'Call', States: { Call: call } };
  const both = { Type: 'Parallel', Branches: [branch], End: true };
  return StateMachineDefinition.fromString(JSON.stringify({ StartAt: 'Both', States: { Both: both } }));
}

const bad: [string, () => Record<string, unknown>, string][] = [
  [
    'a name with a space',
    () => ({ name: 'two words' }),
    'prod/nightly: name must have 1 to 60 letters, digits, "-" and "_" (got "two words").',
  ],
  [
    'a name of 61 characters',
    () => ({ name: 'a'.repeat(61) }),
    'prod/nightly: name must have 1 to 60 letters, digits, "-" and "_" (got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").',
  ],
  [
    'no definition',
    () => ({ definition: undefined }),
    'prod/nightly: definition is required. It must be a step, a chain of steps, or a Definition.',
  ],
  [
    'a text in place of a definition',
    () => ({ definition: '{}' }),
    'prod/nightly: definition must be a step, a chain of steps, or a Definition (got "{}").',
  ],
  [
    'what only looks like a step',
    () => ({ definition: { start: {}, ends: [] } }),
    'prod/nightly: definition must be a step, a chain of steps, or a Definition (got {"start":{},"ends":[]}).',
  ],
  [
    'another kind',
    () => ({ type: 'express' }),
    'prod/nightly: type must be one of "STANDARD", "EXPRESS" (got "express"). Use "EXPRESS".',
  ],
  [
    'no time',
    () => ({ timeoutSeconds: 0 }),
    'prod/nightly: timeoutSeconds must be a whole number from 1 to 31536000 (got 0). Use at least 1.',
  ],
  [
    'a statement about everything',
    () => ({ statements: [{ actions: ['s3:GetObject'], resources: ['*'] }] }),
    'prod/nightly: statements[0] must not be "*" or "SERVICE:*", which allow more than the statement shows (got {"actions":["s3:GetObject"],"resources":["*"]}). List the actions and the ARNs, or set acknowledge.wildcard to the reason.',
  ],
  [
    'data in the log by a word',
    () => ({ logExecutionData: 'yes' }),
    'prod/nightly: logExecutionData must be true or false (got "yes").',
  ],
  [
    'a log that is kept for ever',
    () => ({ logRetentionDays: 0 }),
    'prod/nightly: logRetentionDays must be one of the retention periods of CloudWatch Logs: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days (got 0). Use 1.',
  ],
  [
    'a key that is no ARN',
    () => ({ kmsKeyArn: 'mine' }),
    'prod/nightly: kmsKeyArn must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID (got "mine").',
  ],
  [
    'an action that is no ARN',
    () => ({ alarmActions: ['on-call'] }),
    'prod/nightly: alarmActions[0] must be an ARN, for example of an SNS topic (got "on-call").',
  ],
  [
    'a provider of another cloud',
    () => ({ awsProvider: {} }),
    'prod/nightly: awsProvider must be a provider of aws (got {}).',
  ],
  [
    'no reason',
    () => ({ reason: '' }),
    'prod/nightly: reason must be one line of text with at least one visible character, at most 160 bytes, and no "${" or "%{" (got ""). Write a text.',
  ],
  [
    'a property that does not exist',
    () => ({ timeout: 60 }),
    'prod/nightly: timeout is not a property. The properties are: reason, owner, ticket, reviewBy, name, account, definition, type, timeoutSeconds, statements, logExecutionData, logRetentionDays, kmsKeyArn, alarmActions, awsProvider, acknowledge.',
  ],
  [
    'Express with a Job',
    () => ({ type: 'EXPRESS', definition: job(etl) }),
    'prod/nightly: type must be "STANDARD", which the step "Extract" needs: a Job can outlast the five minutes of an Express execution (got "EXPRESS"). Omit type.',
  ],
  ...[
    'arn:aws:states:::batch:submitJob.sync',
    'arn:aws:states:::states:startExecution.sync:2',
    'arn:aws:states:eu-west-1:210987654321:activity:count',
  ].map((resource): [string, () => Record<string, unknown>, string] => [
    `Express with ${resource} in a text`,
    () => ({ type: 'EXPRESS', definition: inBranch(resource) }),
    'prod/nightly: type must be "STANDARD", which the step "Call" needs: an Express state machine does not wait for a job, a task token or an activity (got "EXPRESS"). Omit type.',
  ]),
  [
    'Express with a Job inside of another step',
    () => ({ type: 'EXPRESS', definition: new ParallelStep('Both', { branches: [job(etl)] }) }),
    'prod/nightly: type must be "STANDARD", which the step "Extract" needs: a Job can outlast the five minutes of an Express execution (got "EXPRESS"). Omit type.',
  ],
  [
    'Express with a target, by hand',
    () => ({
      type: 'EXPRESS',
      definition: StateMachineDefinition.fromString('{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}', {
        targets: [etl],
      }),
    }),
    'prod/nightly: type must be "STANDARD", because a Job can outlast the five minutes of an Express execution (got "EXPRESS"). Omit type.',
  ],
  [
    'Express that waits for a person',
    () => ({
      type: 'EXPRESS',
      definition: new ApprovalStep('Ask', {
        topicArn: 'arn:aws:sns:eu-west-1:210987654321:ask',
        question: 'Go?',
        timeoutSeconds: 60,
      }),
    }),
    'prod/nightly: type must be "STANDARD", which the step "Ask" needs: an Express state machine does not wait for an answer (got "EXPRESS"). Omit type.',
  ],
  [
    'Express with items',
    () => ({
      type: 'EXPRESS',
      definition: new DistributedMapStep('Files', { itemsPath: '$.files', item: new PassStep('File') }),
    }),
    'prod/nightly: type must be "STANDARD", which the step "Files" needs: only Standard state machines run a Distributed Map (got "EXPRESS"). Omit type.',
  ],
  [
    'Express of more than five minutes',
    () => ({ type: 'EXPRESS', timeoutSeconds: 301 }),
    'prod/nightly: timeoutSeconds must not exceed 300 seconds in an Express state machine (got 301).',
  ],
  [
    'less time than a step has',
    () => ({
      definition: new GkeJobStep('Extract', { target: etl, image: IMAGE, timeoutSeconds: 7_200 }),
      timeoutSeconds: 7_200,
    }),
    'prod/nightly: timeoutSeconds must exceed 7200 seconds, the longest time-out of a step (got 7200). Set 7201 or more, or a shorter time-out of the step.',
  ],
  [
    'a target of another account',
    () => ({ definition: job(etl), account: { ...account, id: '123456789012' } }),
    'prod/nightly: account must be the account and region of the function of "etl" (210987654321, eu-west-1) (got {"id":"123456789012","region":"eu-west-1"}). Use one account and region for both.',
  ],
  [
    'a target of another region',
    () => ({ definition: job(etl), account: { ...account, region: 'us-east-1' } }),
    'prod/nightly: account must be the account and region of the function of "etl" (210987654321, eu-west-1) (got {"id":"210987654321","region":"us-east-1"}). Use one account and region for both.',
  ],
  [
    'two steps of one name',
    () => ({ definition: new PassStep('Same').next(new PassStep('Same')) }),
    'Definition: name must be unique among the steps of the state machine (got "Same"). Choose another name.',
  ],
  [
    'a state that nothing leads to',
    () => ({ definition: asl({ Type: 'Succeed' }, { B: { Type: 'Succeed' } }) }),
    'prod/nightly: definition.States["B"] must be reachable from StartAt (got "B"). Add a transition, or remove it.',
  ],
  [
    'a way to nowhere',
    () => ({ definition: asl({ Type: 'Pass', Next: 'B' }) }),
    'prod/nightly: 2 problems\n  - definition.States["A"].Next must be the name of a state of the same state machine, branch or item (got "B"). Did you mean "A"?\n  - definition.States must have a state that ends it: End, Succeed or Fail (got ["A"]).',
  ],
  [
    'more data than goes from state to state',
    () => ({ definition: new PassStep('A', { parameters: { text: 'x'.repeat(262_144) } }) }),
    'prod/nightly: definition.States["A"].Parameters must have at most 262144 bytes, the limit of data between states (got "262155 bytes"). Store the data in a bucket and pass its name.',
  ],
  [
    'a task that never ends',
    () => ({ definition: asl({ ...task, TimeoutSeconds: undefined }) }),
    'prod/nightly: definition.States["A"].TimeoutSeconds is required because a task without a time-out can wait until the state machine ends.',
  ],
  [
    'a stored secret',
    () => ({ definition: asl({ ...task, Resource: 'arn:aws:states:::http:invoke' }) }),
    'prod/nightly: definition.States["A"].Resource must not be an HTTP task, whose credentials EventBridge stores (got "arn:aws:states:::http:invoke"). Call the service with a GkeServiceStep, or set acknowledge.storedSecret to the reason.',
  ],
  [
    'a token that nobody gets',
    () => ({
      definition: new TaskStep('A', {
        resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        parameters: { QueueUrl: 'https://sqs' },
        statements: [],
        timeoutSeconds: 60,
      }),
    }),
    'prod/nightly: definition.States["A"].Parameters is required with the task token, which the worker needs to report the result. Pass "$$.Task.Token".',
  ],
  [
    'a function at its latest',
    () => ({ definition: asl({ ...task, Resource: FUNCTION.replace('live', '$LATEST') }) }),
    'prod/nightly: definition.States["A"] must invoke a function by an alias or a version (got "arn:aws:lambda:eu-west-1:210987654321:function:count:$LATEST"). Add an alias, for example ":live".',
  ],
  [
    'a retry that cannot help',
    () => ({ definition: asl({ ...task, Retry: [{ ErrorEquals: ['GKE.JobRejected'] }] }) }),
    'prod/nightly: definition.States["A"].Retry[0].ErrorEquals must not have errors that a retry cannot solve, because another Job would end in the same way (got ["GKE.JobRejected"]). Catch it.',
  ],
  [
    'a sid that the library uses',
    () => ({
      statements: [{ sid: 'DeliverLog', actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/*'] }],
    }),
    'prod/nightly: statements must be unique among the statements of the execution role (got "DeliverLog"). Choose another sid, or omit it.',
  ],
];

test.each(bad)('%s is refused', (_, props, message) => {
  const make = () => {
    const stack = orchestrationStack();
    return new StepFunctionsOrchestrator(stack, 'nightly', {
      name: 'nightly',
      account,
      definition: new PassStep('Nothing'),
      reason: 'loads the warehouse',
      ...props(),
    } as StepFunctionsOrchestratorProps);
  };
  expect(refusal(make).message).toBe(message);
});

test('targets that are none are refused', () => {
  const text = '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}';
  expect(
    refusal(() => StateMachineDefinition.fromString(text, { targets: [{} as never] })).message,
  ).toMatchInlineSnapshot(`"Definition: targets[0] must be a target with a clean-up function (got {})."`);
});
