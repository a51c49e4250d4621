import { checkLanguage } from '../../../../lib/orchestration/state-machine/language/language-problems';
import type { StatesBlock } from '../../../../lib/orchestration/state-machine/asl/states';

const machine = (state: object, more: object = {}) =>
  ({ ...more, StartAt: 'A', States: { A: state } }) as unknown as StatesBlock;
const pass = (fields: object) => machine({ Type: 'Pass', End: true, ...fields });
const task = (fields: object) =>
  machine({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true, ...fields });
const jsonata = (state: object) => machine(state, { QueryLanguage: 'JSONata' });
const END = { StartAt: 'B', States: { B: { Type: 'Succeed' } } };

test.each<[string, StatesBlock]>([
  ['a script with line breaks', task({ Parameters: { command: ['sh', '-c', 'set -e\n./load "$1"\n'] } })],
  ['an empty text in a list', task({ Parameters: { args: ['--prefix', ''] } })],
  ['null in a list', task({ Parameters: { list: [null, [null]] } })],
  ['a text like JSONata in a JSONPath state', task({ Parameters: { args: ['{% if x %}'] } })],
  [
    'keys of the language in data',
    task({ Parameters: { Next: 'X', Default: 1, StartAt: 'Y', States: [], Branches: {}, Iterator: null } }),
  ],
  ['keys of the language in a result', pass({ Result: { States: 1, Next: 'X', 'a.$': 'literal' } })],
  [
    'a function in the newest partition',
    task({ Resource: 'arn:aws-eusc:lambda:eusc-de-east-1:210987654321:function:f:live' }),
  ],
  [
    'a resource whose partition is a token',
    task({ Resource: 'arn:${TfToken[TOKEN.1]}:states:::sqs:sendMessage' }),
  ],
  ['a list of templates', pass({ Parameters: { list: [{ 'a.$': '$.a' }] } })],
  ['a variable', pass({ Assign: { 'count.$': 'States.MathAdd($count, 1)' } })],
  ['a discarded result', task({ ResultPath: null, InputPath: null, OutputPath: null })],
  [
    'a choice with paths',
    {
      StartAt: 'A',
      States: {
        A: {
          Type: 'Choice',
          Choices: [
            { Variable: '$.a.[0]', StringEqualsPath: '$$.Execution.Name', Next: 'B' },
            {
              And: [{ Variable: '$.b', IsPresent: true }, { Not: { Variable: '$v', IsNull: true } }],
              Next: 'B',
            },
          ],
          Default: 'B',
        },
        B: { Type: 'Fail', ErrorPath: '$.error', CausePath: "States.Format('{}', $.cause)" },
      },
    },
  ],
  [
    'a Distributed Map',
    machine({
      Type: 'Map',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW', MaxItemsPath: '$.max' },
        Parameters: { 'Bucket.$': '$.bucket', Key: 'a\nb' },
      },
      ItemBatcher: { MaxItemsPerBatch: 10, BatchInput: { 'Next.$': '$.x' } },
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...END },
      End: true,
    }),
  ],
  [
    'JSONata without blanks and with line breaks',
    jsonata({
      Type: 'Map',
      Items: '{%$states.input.items%}',
      ItemProcessor: {
        StartAt: 'P',
        States: { P: { Type: 'Pass', Output: '{%\n{ "a": 1 }\n%}', End: true } },
      },
      End: true,
    }),
  ],
  [
    'texts in JSONata states',
    jsonata({
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage',
      Arguments: { script: 'a\nb', empty: '', list: [null, '', { Next: 'x' }] },
      End: true,
    }),
  ],
  ['one JSONata state', pass({ QueryLanguage: 'JSONata', Output: { a: '{% $uuid() %}' } })],
])('accepts %s', (_, definition) => {
  expect(checkLanguage(definition).problems).toEqual([]);
});

const A = 'definition.States["A"]';

test.each<[string, unknown, string, string]>([
  ['null', null, 'definition', 'be an object with StartAt and States'],
  [
    'a field of the machine among the states',
    { StartAt: 'A', States: { QueryLanguage: 'JSONata', A: { Type: 'Succeed' } } },
    'definition.States["QueryLanguage"]',
    'be a state: an object with Type',
  ],
  ['an unknown field', pass({ Paramters: {} }), `${A}.Paramters`, 'be a property'],
  [
    'an unknown field of the machine',
    machine({ Type: 'Succeed' }, { Timeout: 1 }),
    'definition.Timeout',
    'be a property',
  ],
  ['a field of the other language', pass({ Output: 1 }), `${A}.Output`, 'be a property'],
  ['a catch of a Pass', pass({ Catch: [] }), `${A}.Catch`, 'be a property'],
  [
    'an unknown language',
    machine({ Type: 'Succeed' }, { QueryLanguage: 'XPath' }),
    'definition.QueryLanguage',
    'be one of "JSONPath", "JSONata"',
  ],
  [
    'a Parallel without branches',
    machine({ Type: 'Parallel', End: true }),
    `${A}.Branches`,
    'be a list of at least 1 item',
  ],
  [
    'a Parallel with a text',
    machine({ Type: 'Parallel', Branches: ['x'], End: true }),
    `${A}.Branches[0]`,
    'be an object with StartAt and States',
  ],
  [
    'a Map without a processor',
    machine({ Type: 'Map', End: true }),
    `${A}.ItemProcessor`,
    'be an object with StartAt and States',
  ],
  ['Next and End', pass({ Next: 'A' }), A, 'have exactly one of Next, End'],
  ['neither Next nor End', machine({ Type: 'Pass' }), A, 'have exactly one of Next, End'],
  [
    'two durations',
    machine({ Type: 'Wait', Seconds: 1, SecondsPath: '$.a', End: true }),
    A,
    'have exactly one of Seconds, SecondsPath, Timestamp, TimestampPath',
  ],
  [
    'two time-outs',
    task({ TimeoutSeconds: 1, TimeoutSecondsPath: '$.a' }),
    A,
    'have at most one of TimeoutSeconds, TimeoutSecondsPath',
  ],
  [
    'a transition out of a branch',
    machine({
      Type: 'Parallel',
      Branches: [{ StartAt: 'B', States: { B: { Type: 'Pass', Next: 'A' } } }],
      End: true,
    }),
    'definition.States["B"].Next',
    'be the name of a state of the same state machine, branch or item',
  ],
  [
    'two states of one name',
    machine({ Type: 'Parallel', Branches: [END, END], End: true }),
    'definition.States["B"]',
    'have a name that no other state of the state machine has',
  ],
  [
    'a template without a path',
    pass({ Parameters: { 'a.$': 'a' } }),
    `${A}.Parameters["a.$"]`,
    'be a path that starts with "$", or an intrinsic function that starts with "States."',
  ],
  [
    'a template with a number',
    pass({ Parameters: { 'a.$': 1 } }),
    `${A}.Parameters["a.$"]`,
    'be a path that starts with "$", or an intrinsic function that starts with "States."',
  ],
  [
    'a key twice',
    pass({ Parameters: { a: 1, 'a.$': '$.a' } }),
    `${A}.Parameters["a.$"]`,
    'not have a second key "a", with or without the suffix ".$"',
  ],
  [
    'too many arguments',
    pass({ Parameters: { a: [{ 'b.$': 'States.UUID(1)' }] } }),
    `${A}.Parameters["a"][0]["b.$"]`,
    'give States.UUID 0 arguments (it has 1)',
  ],
  [
    'a result at several places',
    task({ ResultPath: '$.a[*]' }),
    `${A}.ResultPath`,
    'be a reference path to one field of the input, or null',
  ],
  [
    'a result in the context',
    task({ ResultPath: '$$.a' }),
    `${A}.ResultPath`,
    'be a reference path to one field of the input, or null',
  ],
  [
    'a time-out of several values',
    task({ TimeoutSecondsPath: '$..a' }),
    `${A}.TimeoutSecondsPath`,
    'be a reference path to one field, for example "$.seconds"',
  ],
  ['an input that is no path', task({ InputPath: 'a' }), `${A}.InputPath`, 'be a path that starts with "$"'],
  [
    'a condition that is no path',
    {
      StartAt: 'A',
      States: {
        A: { Type: 'Choice', Choices: [{ Not: { Variable: 'a', IsNull: true }, Next: 'B' }] },
        B: { Type: 'Succeed' },
      },
    },
    `${A}.Choices[0].Not.Variable`,
    'be a path that starts with "$"',
  ],
  [
    'JSONata that is not closed',
    jsonata({ Type: 'Pass', Output: { a: '{% 1' }, End: true }),
    `${A}.Output["a"]`,
    'start with "{%" and end with "%}" for a JSONata expression, and have neither for a text',
  ],
  [
    'JSONata with a syntax error',
    jsonata({ Type: 'Pass', Output: { a: '{% $a( %}' }, End: true }),
    `${A}.Output["a"]`,
    'have the form that the schema of the States Language requires (must match exactly one schema in oneOf)',
  ],
  [
    'a text as seconds',
    machine({ Type: 'Wait', Seconds: 'x', End: true }),
    `${A}.Seconds`,
    'have the form that the schema of the States Language requires (must match exactly one schema in oneOf)',
  ],
])('rejects %s', (_, definition, property, rule) => {
  const found = checkLanguage(definition as StatesBlock).problems.map((each) => [each.property, each.rule]);
  expect(found).toContainEqual([property, rule]);
});
