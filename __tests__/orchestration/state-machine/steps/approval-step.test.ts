import { StateMachineDefinition } from '../../../../lib/orchestration/state-machine/state-machine-definition';
import { definitionProblems } from '../../../../lib/orchestration/state-machine/state-machine-definition-rules';
import {
  ApprovalStep,
  type ApprovalStepProps,
} from '../../../../lib/orchestration/state-machine/steps/approval-step';
import { PassStep } from '../../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../../lib/orchestration/state-machine/steps/succeed-step';
import { refusal, type Json } from '../../../synth';
import { branchOf, statesOf } from './rendered-states';

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
      'timeoutSeconds must be a whole number from 60 to 2592000 (got 59). Use at least 60.',
    ],
    [
      'of more than 30 days',
      { timeoutSeconds: 2_592_001 },
      'timeoutSeconds must be a whole number from 60 to 2592000 (got 2592001). Use at most 2592000.',
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
      'question must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got " "). Write a text.',
    ],
    [
      'with a question of two lines',
      { question: 'one\ntwo' },
      'question must be one line of text with at least one visible character, at most 200 bytes, and no "${" or "%{" (got "one\\ntwo"). Write it in one line.',
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
      'the name "Rows\\nSend" in details must be one line of text with at least one visible character, at most 100 bytes, and no "${" or "%{" (got "Rows\\nSend"). Write it in one line.',
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
