import { brokenIntrinsicRule } from '../../../../lib/orchestration/state-machine/language/intrinsic-functions';

const nested = (depth: number) => 'States.Array('.repeat(depth) + ')'.repeat(depth);

test.each([
  "States.Format('Hello {}, it is {}.', $.name, 'noon')",
  'States.Format($.template, $.name, 1)',
  "States.Format('{}', States.Format('{}', $.a))",
  "States.Format('it\\'s \\{\\} and a\\\\b {}', $.x)",
  'States.Format(\'\\{"a": {}\\}\', $.x)',
  "States.Format('{}\n{}', $.x, $.y)",
  "States.Format('no place')",
  "States.Format('a\\\\b {}', $.x)",
  'States.StringToJson($.[0].body)',
  'States.JsonToString($)',
  'States.Array()',
  "States.Array( $.a , 'b', 3, -1.5e3, true, false, null, $$.Execution.Id )",
  'States.ArrayPartition($.items, 4)',
  'States.ArrayContains($.items, $.item)',
  'States.ArrayRange(1, 9, 2)',
  "States.ArrayGetItem($.items[?(@.name == 'a,b)')].id, 0)",
  'States.ArrayLength($.items)',
  'States.ArrayUnique($.items)',
  "States.Base64Encode('Data to encode')",
  'States.Base64Decode($.base64)',
  "States.Hash($.data, 'SHA-256')",
  'States.JsonMerge($.a, $.b, false)',
  'States.MathRandom(1, 999)',
  'States.MathRandom($.start, $.end, $.seed)',
  'States.MathAdd($.value, -1)',
  "States.StringSplit($.text, ',')",
  'States.UUID()',
  nested(10),
])('accepts %s', (text) => {
  expect(brokenIntrinsicRule(text)).toBeUndefined();
});

test.each([
  [
    'States.Sum(1)',
    'call one of States.Array, States.ArrayContains, States.ArrayGetItem, States.ArrayLength, States.ArrayPartition, States.ArrayRange, States.ArrayUnique, States.Base64Decode, States.Base64Encode, States.Format, States.Hash, States.JsonMerge, States.JsonToString, States.MathAdd, States.MathRandom, States.StringSplit, States.StringToJson, States.UUID',
  ],
  ['States.UUID', 'be a call: States.NAME(arguments)'],
  ['States.UUID(1)', 'give States.UUID 0 arguments (it has 1)'],
  ['States.UUID() ', 'end after ")" (character 14)'],
  ['States.Hash($.a)', 'give States.Hash 2 arguments (it has 1)'],
  ['States.MathRandom(1)', 'give States.MathRandom 2 or 3 arguments (it has 1)'],
  ['States.Format()', 'give States.Format at least 1 argument (it has 0)'],
  ['States.StringToJson()', 'give States.StringToJson 1 argument (it has 0)'],
  [
    "States.Format('{} {}', $.a)",
    'have one argument for each {} of States.Format (it has 2 {} and 1 arguments after the template)',
  ],
  [
    "States.Format('\\{}', $.a)",
    'have one argument for each {} of States.Format (it has 0 {} and 1 arguments after the template)',
  ],
  ['States.Array($.a $.b)', 'have "," or ")" after each argument (character 18)'],
  ['States.Array($.a', 'have "," or ")" after each argument (character 17)'],
  [
    'States.Array(a)',
    'have arguments that are paths, calls, numbers, true, false, null or texts in apostrophes (character 14)',
  ],
  [
    "States.Array('a)",
    'have arguments that are paths, calls, numbers, true, false, null or texts in apostrophes (character 14)',
  ],
  [
    'States.Array($.a,)',
    'have arguments that are paths, calls, numbers, true, false, null or texts in apostrophes (character 18)',
  ],
  [nested(11), 'nest at most 10 intrinsic functions'],
  ['States.ArrayRange(1, 1001, 1)', 'have at most 1000 items in States.ArrayRange (it has 1001)'],
  ['States.ArrayRange(0, -2000, -1)', 'have at most 1000 items in States.ArrayRange (it has 2001)'],
])('rejects %s', (text, rule) => {
  expect(brokenIntrinsicRule(text)).toBe(rule);
});

test.each(['Hash', 'Base64Encode', 'Base64Decode'])('States.%s takes 10,000 characters', (name) => {
  const call = (text: string) => `States.${name}('${text}'${name === 'Hash' ? ", 'SHA-256'" : ''})`;
  expect(brokenIntrinsicRule(call(`${'a'.repeat(9_999)}\\'`))).toBeUndefined();
  expect(brokenIntrinsicRule(call('a'.repeat(10_001)))).toBe(
    `give States.${name} at most 10000 characters (it has 10001)`,
  );
});

test('the length of a path and the items of a range of paths are not known', () => {
  expect(brokenIntrinsicRule("States.Hash($.text, 'SHA-256')")).toBeUndefined();
  expect(brokenIntrinsicRule('States.ArrayRange($.first, 5000, 1)')).toBeUndefined();
  expect(brokenIntrinsicRule('States.ArrayRange(1, 1000, 1)')).toBeUndefined();
});
