import { matchesPattern } from './cloudwatch-pattern';

/*
 * The event and the patterns of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */

const event = {
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  cluster: { name: 'c' },
  bandwidth: 75,
  ThisFlag: true,
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
};

test.each<[string, boolean]>([
  ['{ $.eventType = "UpdateTrail" }', true],
  ['{ $.eventType = "updatetrail" }', false],
  ['{ $.sourceIPAddress != 123.123.* }', true],
  ['{ $.sourceIPAddress != 111.111.* }', false],
  ['{ $.arrayKey[0] = "value" }', true],
  ['{ $.objectList[1].id = 2 }', true],
  ['{ $.eventType = "*Trail" }', true],
  ['{ $.bandwidth > 75 }', false],
  ['{ $.bandwidth >= 75 }', true],
  ['{ $.SomeObject IS NULL }', true],
  ['{ $.SomeOtherObject IS NULL }', false],
  ['{ $.SomeOtherObject NOT EXISTS }', true],
  ['{ $.SomeObject NOT EXISTS }', false],
  ['{ $.ThisFlag IS TRUE }', true],
  ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', true],
  [
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
    true,
  ],
  [
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }',
    false,
  ],
  ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', false],
])('%s matches the documented event: %s', (pattern, matches) => {
  expect(matchesPattern(pattern, event)).toBe(matches);
});

test.each(['$.a = 1', '{ $.a }', '{ $.a = }', '{ ($.a = 1 }', '{ $.a = 1 $.b = 2 }', '{ a = 1 }'])(
  '%s is not a pattern',
  (pattern) => {
    expect(() => matchesPattern(pattern, event)).toThrow(SyntaxError);
  },
);
