import { UNDECIDED_ERRORS } from '../../../../lib/contracts/job-errors';
import { GkeCluster } from '../../../../lib/gke/gke-cluster';
import { GkeToAwsRole } from '../../../../lib/identity/gke-to-aws-role';
import { TASK_TOKEN } from '../../../../lib/contracts/jobs';
import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../../lib/orchestration/state-machine/state-machine-definition-rules';
import type { Catcher, Retrier, State, States } from '../../../../lib/orchestration/state-machine/states';
import {
  ApprovalStep,
  type ApprovalStepProps,
} from '../../../../lib/orchestration/state-machine/steps/approval-step';
import { StepCondition } from '../../../../lib/orchestration/state-machine/steps/condition';
import { LambdaGate } from '../../../../lib/orchestration/gates/lambda-gate';
import {
  DecisionStep,
  type DecisionStepProps,
} from '../../../../lib/orchestration/state-machine/steps/decision-step';
import { FailStep } from '../../../../lib/orchestration/state-machine/steps/fail-step';
import { GkeJobStep } from '../../../../lib/orchestration/jobs/gke-job-step';
import type { GkeJobStepProps } from '../../../../lib/orchestration/jobs/gke-job-step-props';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../../lib/orchestration/state-machine/steps/succeed-step';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import { refusal, type Json } from '../../../synth';
import { account, IMAGE, orchestrationStack, project, target } from '../../fixtures';
import { withShortErrorLists } from '../../lambda-error-lists';

const statesOf = (chain: IChainable) => StateMachineDefinition.fromSteps(chain).states.States;
const branchOf = (states: States, name: string) =>
  (states[name]!.Branches as { StartAt: string; States: States }[])[0]!;

describe('an approval', () => {
  const TOPIC = 'arn:aws:sns:eu-west-1:210987654321:approvals';
  const approval = (props: Partial<ApprovalStepProps> = {}, name = 'Release') =>
    new ApprovalStep(name, { topicArn: TOPIC, question: 'Load the books?', timeoutSeconds: 3_600, ...props });
  const states = (props: Partial<ApprovalStepProps> = {}) =>
    branchOf(statesOf(approval(props)), 'Release').States;

  test('is asked for, and goes on only with a yes of somebody', () => {
    expect(statesOf(approval())).toMatchInlineSnapshot(`
     {
       "Release": {
         "Branches": [
           {
             "StartAt": "Release: request approval",
             "States": {
               "Release: approved": {
                 "End": true,
                 "Parameters": {
                   "approved": true,
                   "at.$": "$$.State.EnteredTime",
                   "by.$": "$.by",
                 },
                 "Type": "Pass",
               },
               "Release: approved?": {
                 "Choices": [
                   {
                     "And": [
                       {
                         "IsPresent": true,
                         "Variable": "$.approved",
                       },
                       {
                         "BooleanEquals": true,
                         "Variable": "$.approved",
                       },
                       {
                         "IsPresent": true,
                         "Variable": "$.by",
                       },
                       {
                         "IsString": true,
                         "Variable": "$.by",
                       },
                       {
                         "Not": {
                           "StringEquals": "",
                           "Variable": "$.by",
                         },
                       },
                     ],
                     "Next": "Release: approved",
                   },
                 ],
                 "Default": "Release: denied",
                 "Type": "Choice",
               },
               "Release: denied": {
                 "Cause": "The answer must have approved: true and a name in by.",
                 "Error": "ApprovalDenied",
                 "Type": "Fail",
               },
               "Release: request approval": {
                 "Catch": [
                   {
                     "ErrorEquals": [
                       "States.Timeout",
                     ],
                     "Next": "Release: timed out",
                     "ResultPath": null,
                   },
                 ],
                 "Next": "Release: approved?",
                 "Parameters": {
                   "Message.$": "States.Format('Load the books?
     Execution: {}
     To approve, within 3600 seconds:
     aws stepfunctions send-task-success --task-token {} --task-output \\'\\{"approved":true,"by":"YOUR NAME"\\}\\'
     To deny:
     aws stepfunctions send-task-failure --task-token {} --error ApprovalDenied --cause \\'YOUR NAME: WHY\\'', $$.Execution.Id, $$.Task.Token, $$.Task.Token)",
                   "Subject": "Approval: Release",
                   "TopicArn": "arn:aws:sns:eu-west-1:210987654321:approvals",
                 },
                 "Resource": "arn:aws:states:::sns:publish.waitForTaskToken",
                 "TimeoutSeconds": 3600,
                 "Type": "Task",
               },
               "Release: timed out": {
                 "Cause": "No answer arrived within 3600 seconds.",
                 "Error": "ApprovalDenied",
                 "Type": "Fail",
               },
             },
           },
         ],
         "Catch": [],
         "End": true,
         "ResultPath": "$.approval",
         "ResultSelector": {
           "approved.$": "$[0].approved",
           "at.$": "$[0].at",
           "by.$": "$[0].by",
         },
         "Type": "Parallel",
       },
     }
    `);
  });

  /** States.Format as its specification says: https://states-language.net/#appendix-b */
  function formatted(intrinsic: string, values: Readonly<Record<string, string>>): string {
    const [, template, rest] = /^States\.Format\('((?:[^'\\]|\\.)*)', (.*)\)$/s.exec(intrinsic)!;
    const given = rest!.split(', ').map((path) => values[path] ?? `no value at ${path}`);
    return template!.replace(/\\(.)|\{\}/gs, (_, escaped: string | undefined) => escaped ?? given.shift()!);
  }
  const messageOf = (props: Partial<ApprovalStepProps> = {}) =>
    formatted(String((states(props)['Release: request approval']!.Parameters as Json)['Message.$']), {
      '$$.Execution.Id': 'EXECUTION',
      '$$.Task.Token': 'TOKEN',
      '$.rows': '7',
    });

  test('says what is asked, for which execution, and how to answer', () => {
    expect(messageOf({ details: { Rows: '$.rows' } })).toMatchInlineSnapshot(`
     "Load the books?
     Rows: 7
     Execution: EXECUTION
     To approve, within 3600 seconds:
     aws stepfunctions send-task-success --task-token TOKEN --task-output '{"approved":true,"by":"YOUR NAME"}'
     To deny:
     aws stepfunctions send-task-failure --task-token TOKEN --error ApprovalDenied --cause 'YOUR NAME: WHY'"
    `);
  });

  test.each([
    "Is it Anna's?",
    'With {} and {braces}?',
    'A backslash \\ and \\{}?',
    "All of it: '\\{}'?",
    '"Quoted"?',
  ])('asks %s in these words', (question) => {
    const [first, second] = messageOf({ question, details: { [`d: ${question}`]: '$.rows' } }).split('\n');
    expect(first).toBe(question);
    expect(second).toBe(`d: ${question}: 7`);
  });

  test('shows a command that a shell reads as it is meant', () => {
    const [, command] = /(send-task-success .*)/.exec(messageOf())!;
    const [, output] = /--task-output '([^']*)'$/.exec(command!)!;
    expect(JSON.parse(output!)).toEqual({ approved: true, by: 'YOUR NAME' });
  });

  test('is denied when nobody answers in time', () => {
    const ask = states({ timeoutSeconds: 60 })['Release: request approval']!;
    expect(ask.TimeoutSeconds).toBe(60);
    expect(ask.Catch).toEqual([
      { ErrorEquals: ['States.Timeout'], ResultPath: null, Next: 'Release: timed out' },
    ]);
    expect(states({ timeoutSeconds: 60 })['Release: timed out']).toEqual({
      Type: 'Fail',
      Error: 'ApprovalDenied',
      Cause: 'No answer arrived within 60 seconds.',
    });
  });

  test('may publish to its topic alone, and a denial can be handled', () => {
    const step = approval({ resultPath: '$.who' }).catch('ApprovalDenied', new SucceedStep('Denied'));
    expect(step.requirements()).toEqual({
      maxSeconds: 3_600,
      statements: [{ actions: ['sns:Publish'], resources: [TOPIC] }],
      standardOnlyReason: 'an Express state machine does not wait for an answer',
    });
    const made = StateMachineDefinition.fromSteps(step.next(new PassStep('Go'))).states;
    expect(definitionProblems(made)).toEqual([]);
    expect(made.States.Release).toMatchObject({
      ResultPath: '$.who',
      Catch: [{ ErrorEquals: ['ApprovalDenied'], Next: 'Denied' }],
      Next: 'Go',
    });
  });

  test.each<[string, object, string]>([
    [
      'without a time-out',
      { timeoutSeconds: undefined },
      'timeoutSeconds is required. It must be a whole number from 60 to 2592000.',
    ],
    [
      'of less than a minute',
      { timeoutSeconds: 59 },
      'timeoutSeconds must be a whole number from 60 to 2592000 (got 59).',
    ],
    [
      'of more than 30 days',
      { timeoutSeconds: 2_592_001 },
      'timeoutSeconds must be a whole number from 60 to 2592000 (got 2592001).',
    ],
    [
      'without a topic',
      { topicArn: undefined },
      'topicArn is required. It must be the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME.',
    ],
    [
      'by the name of a topic',
      { topicArn: 'approvals' },
      'topicArn must be the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME (got "approvals").',
    ],
    [
      'by a queue',
      { topicArn: 'arn:aws:sqs:eu-west-1:210987654321:approvals' },
      'topicArn must be the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME (got "arn:aws:sqs:eu-west-1:210987654321:approvals").',
    ],
    [
      'by a subscription',
      { topicArn: `${TOPIC}:0f3c1b9a` },
      'topicArn must be the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME (got "arn:aws:sns:eu-west-1:210987654321:approvals:0f3c1b9a").',
    ],
    [
      'without a question',
      { question: ' ' },
      'question must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got " ").',
    ],
    [
      'with a question of two lines',
      { question: 'one\ntwo' },
      'question must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got "one\\ntwo").',
    ],
    [
      'with a detail that is no path',
      { details: { Rows: 'rows' } },
      'details["Rows"] must be a path that starts with "$", or an intrinsic function that starts with "States." (got "rows"). Use "$.rows".',
    ],
    [
      'with details that are none',
      { details: null },
      'details must be an object of names and values (got null).',
    ],
    [
      'with details that are a text',
      { details: '$.rows' },
      'details must be an object of names and values (got "$.rows").',
    ],
    [
      'with a detail of two lines',
      { details: { 'Rows\nSend': '$.rows' } },
      'the name "Rows\\nSend" in details must be one line of text with at least one visible character, at most 100 bytes, and no "${" or "%{" (got "Rows\\nSend").',
    ],
    [
      'that is put nowhere',
      { resultPath: 'approval' },
      'resultPath must be a reference path to one field, for example "$.extract" (got "approval").',
    ],
    [
      'with a property that does not exist',
      { topic: TOPIC },
      'topic is not a property. The properties are: topicArn, question, details, timeoutSeconds, resultPath.',
    ],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(() => approval(props)).message).toBe(`ApprovalStep "Release": ${message}`);
  });
});

describe('a decision', () => {
  const FUNCTION = 'arn:aws:lambda:eu-west-1:210987654321:function:may-load:live';
  const source = new LambdaGate({ functionArn: FUNCTION, payload: { 'day.$': '$.day' }, timeoutSeconds: 30 });
  const decision = (props: Partial<DecisionStepProps> = {}) =>
    new DecisionStep('Short queue?', {
      source,
      condition: StepCondition.lessThan('$.decision.value', 100),
      otherwise: new FailStep('Closed', { error: 'QueueTooLong' }),
      ...props,
    });

  test('reads a value, and is open for one of the right type for which the condition holds', () => {
    const chain = decision().next(new PassStep('Load'));
    expect(withShortErrorLists(statesOf(chain))).toMatchInlineSnapshot(`
     {
       "Closed": {
         "Error": "QueueTooLong",
         "Type": "Fail",
       },
       "Load": {
         "End": true,
         "Type": "Pass",
       },
       "Short queue?": {
         "Choices": [
           {
             "And": [
               {
                 "IsPresent": true,
                 "Variable": "$.day",
               },
             ],
             "Next": "Short queue?: read value",
           },
         ],
         "Default": "Short queue?: input incomplete",
         "Type": "Choice",
       },
       "Short queue?: condition met": {
         "Next": "Load",
         "Type": "Pass",
       },
       "Short queue?: condition met?": {
         "Choices": [
           {
             "And": [
               {
                 "IsPresent": true,
                 "Variable": "$.decision.value",
               },
               {
                 "IsNumeric": true,
                 "Variable": "$.decision.value",
               },
               {
                 "NumericLessThan": 100,
                 "Variable": "$.decision.value",
               },
             ],
             "Next": "Short queue?: condition met",
           },
         ],
         "Default": "Closed",
         "Type": "Choice",
       },
       "Short queue?: input incomplete": {
         "Next": "Closed",
         "Result": {
           "Cause": "The input of the step must have $.day.",
           "Error": "Gate.BadRequest",
         },
         "ResultPath": "$.decision",
         "Type": "Pass",
       },
       "Short queue?: read value": {
         "Catch": [
           {
             "ErrorEquals": [
               "States.ALL",
             ],
             "Next": "Closed",
             "ResultPath": "$.decision",
           },
         ],
         "Next": "Short queue?: condition met?",
         "Parameters": {
           "day.$": "$.day",
         },
         "Resource": "arn:aws:lambda:eu-west-1:210987654321:function:may-load:live",
         "ResultPath": "$.decision",
         "Retry": [
           {
             "BackoffRate": 2,
             "ErrorEquals": [
               "(transient errors of Lambda)",
               "States.Timeout",
             ],
             "IntervalSeconds": 2,
             "JitterStrategy": "FULL",
             "MaxAttempts": 3,
             "MaxDelaySeconds": 60,
           },
         ],
         "TimeoutSeconds": 30,
         "Type": "Task",
       },
     }
    `);
    expect(definitionProblems(StateMachineDefinition.fromSteps(chain).states)).toEqual([]);
  });

  test('every error leads to what is done while it is closed, and none further', () => {
    const { 'Short queue?: read value': read } = statesOf(decision().next(new PassStep('Load')));
    expect(read!.Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.decision', Next: 'Closed' }]);
    const { 'Short queue?: condition met?': choice } = statesOf(decision().next(new PassStep('Load')));
    expect(choice!.Default).toBe('Closed');
    expect((choice!.Choices as { Next: string }[]).map(({ Next }) => Next)).toEqual([
      'Short queue?: condition met',
    ]);
  });

  test.each<[StepCondition, string]>([
    [StepCondition.equals('$.decision.value', 'go'), 'IsString'],
    [StepCondition.equals('$.decision.value', true), 'IsBoolean'],
    [StepCondition.equals('$.decision.value', 5), 'IsNumeric'],
    [StepCondition.matches('$.decision.value', 'go*'), 'IsString'],
    [StepCondition.not(StepCondition.atLeast('$.decision.value', 5)), 'IsNumeric'],
    [
      StepCondition.and(
        StepCondition.atLeast('$.decision.value', 1),
        StepCondition.atMost('$.decision.value', 5),
      ),
      'IsNumeric',
    ],
    [
      StepCondition.or(
        StepCondition.equals('$.decision.value', 'go'),
        StepCondition.and(
          StepCondition.equals('$.decision.value', 'may'),
          StepCondition.equals('$.weekend', true),
        ),
      ),
      'IsString',
    ],
    [
      new StepCondition({ Variable: '$.decision.value', TimestampLessThan: '2026-11-21T00:00:00Z' }),
      'IsTimestamp',
    ],
  ])('a value of another type leaves it closed (%#)', (condition, type) => {
    const choice = statesOf(decision({ condition: condition }).next(new PassStep('Load')))[
      'Short queue?: condition met?'
    ]!;
    const [{ And }] = choice.Choices as [{ And: State[] }];
    expect(And.slice(0, 2)).toEqual([
      { Variable: '$.decision.value', IsPresent: true },
      { Variable: '$.decision.value', [type]: true },
    ]);
    expect(And[2]).toEqual(condition.toState());
  });

  test('a function that decides is called by its alias, with its own time', () => {
    expect(source.requirements).toEqual({
      maxSeconds: 30,
      statements: [{ actions: ['lambda:InvokeFunction'], resources: [FUNCTION] }],
    });
    expect(source.task()).toMatchObject({
      Resource: FUNCTION,
      Parameters: { 'day.$': '$.day' },
      TimeoutSeconds: 30,
    });
  });

  test.each<[string, () => unknown, string]>([
    [
      'without what is done while it is closed',
      () => decision({ otherwise: undefined }),
      'DecisionStep "Short queue?": otherwise is required. It must be a step or a chain of steps.',
    ],
    [
      'with something else in its place',
      () => decision({ otherwise: 'stop' as never }),
      'DecisionStep "Short queue?": otherwise must be a step or a chain of steps (got "stop").',
    ],
    [
      'without a source',
      () => decision({ source: undefined }),
      'DecisionStep "Short queue?": source is required. It must be a gate: a LambdaGate, a MetricGate or a PredictionGate.',
    ],
    [
      'with a function as its source',
      () => decision({ source: (() => 1) as never }),
      'DecisionStep "Short queue?": source must be a gate: a LambdaGate, a MetricGate or a PredictionGate (got a function).',
    ],
    [
      'without a condition',
      () => decision({ condition: undefined }),
      'DecisionStep "Short queue?": condition is required. It must be a condition that compares "$.decision.value" with values of one type.',
    ],
    [
      'by a condition on another path',
      () => decision({ condition: StepCondition.lessThan('$.rows', 5) }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"expression":{"Variable":"$.rows","NumericLessThan":5}}).',
    ],
    [
      'by the mere presence of a value',
      () => decision({ condition: StepCondition.isPresent('$.decision.value') }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"expression":{"Variable":"$.decision.value","IsPresent":true}}).',
    ],
    [
      'by two types',
      () =>
        decision({
          condition: StepCondition.or(
            StepCondition.equals('$.decision.value', 5),
            StepCondition.equals('$.decision.value', '5'),
          ),
        }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"expression":{"Or":[{"Variable":"$.decision.value","NumericEquals":5},{"Variabl… (124 characters)).',
    ],
    [
      'by a plain object',
      () => decision({ condition: { Variable: '$.decision.value', NumericEquals: 5 } as never }),
      'DecisionStep "Short queue?": condition must be a condition that compares "$.decision.value" with values of one type (got {"Variable":"$.decision.value","NumericEquals":5}).',
    ],
    [
      'with a property that does not exist',
      () => decision({ open: new PassStep('x') } as never),
      'DecisionStep "Short queue?": open is not a property. The properties are: source, condition, otherwise.',
    ],
    [
      'by a function at its latest',
      () => new LambdaGate({ functionArn: FUNCTION.replace('live', '$LATEST') }),
      'LambdaGate: functionArn must be the ARN of an alias or a version of a function, not of the function or of $LATEST (got "arn:aws:lambda:eu-west-1:210987654321:function:may-load:$LATEST").',
    ],
    [
      'by a function that takes too long',
      () => new LambdaGate({ functionArn: FUNCTION, timeoutSeconds: 901 }),
      'LambdaGate: timeoutSeconds must be a whole number from 1 to 900 (got 901).',
    ],
    [
      'by a function without a path',
      () => new LambdaGate({ functionArn: FUNCTION, payload: { 'a.$': 'day' } }),
      'LambdaGate: payload["a.$"] must be a path that starts with "$", or an intrinsic function that starts with "States." (got "day"). Use "$.day".',
    ],
  ])('%s is refused', (_, make, message) => {
    expect(refusal(make).message).toBe(message);
  });
});

describe('a Job that reports', () => {
  const stack = orchestrationStack();
  const etl = target(stack, { callbacks: true });
  const role = new GkeToAwsRole(stack, 'pods', {
    cluster: GkeCluster.fromAttributes(stack, 'pods-of', { project, name: 'pods', location: 'us-central1' }),
    account,
    namespace: 'etl',
    serviceAccountName: 'etl',
    roleName: 'etl-pods',
    reason: 'reports',
  });
  const silent = target(orchestrationStack());
  const job = (props: Partial<GkeJobStepProps> = {}) =>
    new GkeJobStep('Extract', { target: etl, image: IMAGE, awsRole: role, ...props });
  const states = (props: Partial<GkeJobStepProps> = {}) =>
    branchOf(statesOf(job(props).waitForCallback({ heartbeatSeconds: 60 })), 'Extract').States;

  test('is handed its token after it was made, and ends the step with its report', () => {
    const made = states();
    expect(made['Extract: submit']!.Next).toBe('Extract: deliver token');
    expect(made['Extract: submit']!.Parameters).toMatchObject({ callback: true });
    const { Retry, ...handOver } = made['Extract: deliver token']!;
    expect(withShortErrorLists(handOver)).toMatchInlineSnapshot(`
     {
       "Catch": [
         {
           "ErrorEquals": [
             "States.HeartbeatTimeout",
             "States.Timeout",
             "(transient errors of Lambda)",
             "GKE.ApiUnavailable",
             "GKE.ApiThrottled",
             "GKE.AuthFailed",
             "GKE.Forbidden",
           ],
           "Next": "Extract: wait",
           "ResultPath": null,
         },
       ],
       "HeartbeatSeconds": 60,
       "Next": "Extract: callback received",
       "Parameters": {
         "FunctionName": "arn:aws:lambda:eu-west-1:210987654321:function:etl-gke-jobs:live",
         "Payload": {
           "action": "handOver",
           "attempt.$": "$.attempt",
           "execution.$": "$.execution",
           "status.$": "$.status",
           "step": "Extract",
           "token.$": "$$.Task.Token",
         },
       },
       "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
       "ResultPath": "$.report",
       "TimeoutSeconds": 4800,
       "Type": "Task",
     }
    `);
    expect((Retry as Retrier[])[0]!.ErrorEquals).not.toContain('States.Timeout');
    expect(made['Extract: callback received']).toMatchInlineSnapshot(`
     {
       "Next": "Extract: result",
       "Parameters": {
         "result": {
           "attempt.$": "$.attempt",
           "cluster.$": "$.status.place.cluster",
           "completedIndexes": null,
           "completionTime": null,
           "failed": null,
           "failedIndexes": null,
           "job.$": "$.status.job",
           "logsUrl.$": "$.status.place.logsUrl",
           "message": null,
           "namespace.$": "$.status.place.namespace",
           "output.$": "$.report",
           "outputStatus": "Json",
           "startTime": null,
           "succeeded": null,
         },
       },
       "ResultPath": "$.status",
       "Type": "Pass",
     }
    `);
  });

  test('whose sign of life is late is polled as any other', () => {
    const plain = branchOf(statesOf(job()), 'Extract').States;
    const made = states();
    for (const part of ['wait', 'poll', 'over?', 'long wait', 'long poll', 'result']) {
      expect(made[`Extract: ${part}`]).toEqual(plain[`Extract: ${part}`]);
    }
    const [{ ErrorEquals, ...catcher }] = made['Extract: deliver token']!.Catch as [Catcher];
    expect(catcher).toEqual({ ResultPath: null, Next: 'Extract: wait' });
    expect(ErrorEquals).toEqual(
      expect.arrayContaining(['States.HeartbeatTimeout', 'States.Timeout', ...UNDECIDED_ERRORS]),
    );
    // The container may report any other error.
    expect(ErrorEquals).not.toContain('States.ALL');
    expect(Object.keys(plain)).not.toContain('Extract: deliver token');
  });

  test('has every field of a result, those that nobody knows yet as null', () => {
    const { result } = states()['Extract: callback received']!.Parameters as {
      result: Record<string, unknown>;
    };
    const plain = statesOf(job()).Extract!.ResultSelector as object;
    expect(
      Object.keys(result)
        .map((key) => key.replace('.$', ''))
        .sort(),
    ).toEqual(
      Object.keys(plain)
        .map((key) => key.replace('.$', ''))
        .sort(),
    );
  });

  test('finds the token in a file, and no argument or variable holds it', () => {
    const attempt = JSON.stringify(states()['Extract: attempt']);
    expect(attempt).toContain(`{"name":"TASK_TOKEN_FILE","value":"${TASK_TOKEN.folder}/${TASK_TOKEN.file}"}`);
    expect(attempt).toContain(`{"name":"AWS_ROLE_ARN","value":"${role.roleArn}"}`);
    const holders = Object.entries(states()).filter(([, state]) =>
      JSON.stringify(state).includes('Task.Token'),
    );
    expect(holders.map(([name]) => name)).toEqual(['Extract: deliver token']);
    expect(JSON.stringify(branchOf(statesOf(job()), 'Extract'))).not.toContain('TASK_TOKEN_FILE');
  });

  test('asks that its role may report, and its states are of the language', () => {
    const step = job().waitForCallback({ heartbeatSeconds: 60 });
    expect(step.requirements().callbackRoles).toEqual([role]);
    expect(job().requirements()).not.toHaveProperty('reporters');
    expect(definitionProblems(StateMachineDefinition.fromSteps(step).states)).toEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'without a sign of life',
      () => job().waitForCallback({} as never),
      'heartbeatSeconds is required. It must be a whole number from 10 to 86400.',
    ],
    [
      'with one every nine seconds',
      () => job().waitForCallback({ heartbeatSeconds: 9 }),
      'heartbeatSeconds must be a whole number from 10 to 86400 (got 9).',
    ],
    [
      'with none before the step is over',
      () => job({ deadlineSeconds: 60, timeoutSeconds: 120 }).waitForCallback({ heartbeatSeconds: 120 }),
      'heartbeatSeconds must be less than the time-out of the step (120 seconds) (got 120).',
    ],
    [
      'without a role',
      () => job({ awsRole: undefined }).waitForCallback({ heartbeatSeconds: 60 }),
      'awsRole is required for a callback, because the container reports to AWS as a role. Set it to a GkeToAwsRole of the service account of the pods.',
    ],
    [
      'to a target that hands over no tokens',
      () => job({ target: silent }).waitForCallback({ heartbeatSeconds: 60 }),
      'target must have a target that delivers task tokens; "etl" does not (got "etl"). Set callbacks: true on the target.',
    ],
    [
      'of many pods',
      () => job({ indexed: { completions: 5 } }).waitForCallback({ heartbeatSeconds: 60 }),
      'indexed must be omitted for an indexed Job, because one pod cannot report the end of all (got {"completions":5}). Omit waitForCallback.',
    ],
    [
      'with a property that does not exist',
      () => job().waitForCallback({ heartbeatSeconds: 60, seconds: 5 } as never),
      'seconds is not a property. The properties are: heartbeatSeconds.',
    ],
    [
      'as the role of another service account',
      () => job({ target: target(orchestrationStack(), { callbacks: true, serviceAccountName: 'other' }) }),
      'awsRole must run as the service account that the role trusts: the pods run as etl/other, and the role trusts etl/etl (got "etl/etl"). Create a role for the service account of the target.',
    ],
  ])('%s is refused', (_, make, message) => {
    expect(refusal(make).message).toBe(`GkeJobStep "Extract": ${message}`);
  });
});
