import { evaluate } from '../../../../lib/access/decide/aws/evaluate';
import type { AwsRequest } from '../../../../lib/access/decide/aws/request';

const request = (given: Partial<AwsRequest>): AwsRequest => ({
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::books/1',
  context: {},
  ...given,
});

const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (given: object) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...given });
const when = (operator: string, key: string, values: unknown) =>
  policy(allow({ Condition: { [operator]: { [key]: values } } }));

test('denies a request that no statement allows', () => {
  expect(evaluate(policy(allow({ Action: 's3:PutObject' })), request({}))).toBe('denied');
});

test('denies a request that one statement allows and another denies', () => {
  const deny = { Effect: 'Deny', Action: 's3:Get*', Resource: '*' };
  expect(evaluate(policy(allow({}), deny), request({}))).toBe('denied');
  expect(evaluate(policy(allow({}), deny), request({ action: 's3:PutObject' }))).toBe('allowed');
});

test.each([
  ['S3:getobject', 'allowed'],
  ['s3:Get*', 'allowed'],
  ['s3:GetObjec?', 'allowed'],
  ['s3:GetObject?', 'denied'],
])('action %s: %s', (action, expected) => {
  expect(evaluate(policy(allow({ Action: action })), request({}))).toBe(expected);
});

test.each([
  ['arn:aws:s3:::books/*', 'allowed'],
  ['arn:aws:s3:::Books/*', 'denied'],
  ['arn:aws:s3', 'allowed'],
  ['arn:aws:s3:::books', 'denied'],
  ['arn:aws:sqs', 'denied'],
])('resource %s: %s', (resource, expected) => {
  expect(evaluate(policy(allow({ Resource: resource })), request({}))).toBe(expected);
});

/** The tables of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html and its neighbours. */
test.each([
  ['StringEquals', 'a', ['a'], 'allowed'],
  ['StringEquals', ['a', 'b'], ['b'], 'allowed'],
  ['StringEquals', 'a', [], 'denied'],
  ['StringEqualsIfExists', 'a', [], 'allowed'],
  ['StringEqualsIfExists', 'a', ['b'], 'denied'],
  ['StringNotEquals', ['a', 'b'], ['b'], 'denied'],
  ['StringNotEquals', ['a', 'b'], ['c'], 'allowed'],
  ['StringNotEquals', 'a', [], 'allowed'],
  ['StringEqualsIgnoreCase', 'A', ['a'], 'allowed'],
  ['StringEquals', 'A', ['a'], 'denied'],
  ['StringEquals', 'a*', ['ab'], 'denied'],
  ['StringLike', 'a*', ['ab'], 'allowed'],
  ['StringNotLike', 'a*', ['ab'], 'denied'],
  ['ForAllValues:StringEquals', ['a', 'b'], [], 'allowed'],
  ['ForAllValues:StringEquals', ['a', 'b'], [''], 'allowed'],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'denied'],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], 'allowed'],
  ['ForAnyValue:StringEquals', ['a', 'b'], [], 'denied'],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], [], 'denied'],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], 'allowed'],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['a', 'c'], 'denied'],
  ['ForAnyValue:StringEqualsIfExists', ['a'], [], 'unknown'],
  ['StringEquals', ['a'], ['a', 'b'], 'unknown'],
  ['Null', 'true', [], 'allowed'],
  ['Null', 'true', ['a'], 'denied'],
  ['Null', false, ['a'], 'allowed'],
  ['Bool', true, ['true'], 'allowed'],
  ['Bool', 'false', ['true'], 'denied'],
  ['BoolIfExists', 'false', [], 'allowed'],
  ['NumericLessThan', 5, ['4.9'], 'allowed'],
  ['NumericLessThanEquals', '5', ['5'], 'allowed'],
  ['NumericNotEquals', ['5', '6'], ['6'], 'denied'],
  ['DateGreaterThan', '2026-01-01T00:00:00Z', ['2026-01-01T00:00:01Z'], 'allowed'],
  ['DateLessThan', '1767225600', ['2026-01-01T00:00:00Z'], 'denied'],
  ['IpAddress', '10.0.0.0/8', ['10.255.0.1'], 'allowed'],
  ['IpAddress', '10.0.0.0/8', ['2001:db8::1'], 'denied'],
  ['NotIpAddress', ['10.0.0.0/8', '2001:db8::/32'], ['2001:db8::1'], 'denied'],
  ['ArnLike', 'arn:aws:s3:::b*', ['arn:aws:s3:::books'], 'allowed'],
  ['ArnEquals', 'arn:aws:*:::books', ['arn:aws:s3:eu:1:books'], 'denied'],
  ['ArnLike', 'arn:aws:*:books', ['arn:aws:s3:::books'], 'denied'],
  ['BinaryEquals', 'QQ==', ['QQ=='], 'allowed'],
  ['StringSoundsLike', 'a', ['a'], 'unknown'],
])('%s of %j for the values %j: %s', (operator, wanted, actual, expected) => {
  const context: AwsRequest['context'] = Object.fromEntries(actual.length > 0 ? [['AWS:Key', actual]] : []);
  expect(evaluate(when(operator, 'aws:key', wanted), request({ context }))).toBe(expected);
});

test('all operators and all keys of a condition must hold', () => {
  const both = policy(
    allow({ Condition: { StringEquals: { 'aws:a': '1', 'aws:b': '2' }, Bool: { 'aws:c': 'true' } } }),
  );
  const context = { 'aws:a': ['1'], 'aws:b': ['2'], 'aws:c': ['true'] };
  expect(evaluate(both, request({ context }))).toBe('allowed');
  for (const key of Object.keys(context)) {
    expect(evaluate(both, request({ context: { ...context, [key]: ['x'] } }))).toBe('denied');
  }
});

const session = { type: 'AWS', id: 'arn:aws:sts::111122223333:assumed-role/reader/s' } as const;

test.each([
  ['*', 'allowed'],
  [{ AWS: '*' }, 'allowed'],
  [{ AWS: '111122223333' }, 'allowed'],
  [{ AWS: 'arn:aws:iam::111122223333:root' }, 'allowed'],
  [{ AWS: 'arn:aws:iam::111122223333:role/path/reader' }, 'allowed'],
  [{ AWS: 'arn:aws:iam::111122223333:role/writer' }, 'denied'],
  [{ AWS: 'arn:aws:iam::444455556666:root' }, 'denied'],
  [{ Service: 's3.amazonaws.com' }, 'denied'],
])('principal %j: %s', (principal, expected) => {
  expect(evaluate(policy(allow({ Principal: principal })), request({ principal: session }))).toBe(expected);
});

test('NotPrincipal excepts the listed principal, and does not tell about principals that it includes', () => {
  const denyAllBut = (listed: object) =>
    policy(allow({ Principal: '*' }), { ...allow({ NotPrincipal: listed }), Effect: 'Deny' });
  expect(evaluate(denyAllBut({ AWS: session.id }), request({ principal: session }))).toBe('allowed');
  expect(evaluate(denyAllBut({ AWS: '111122223333' }), request({ principal: session }))).toBe('unknown');
  expect(evaluate(denyAllBut({ AWS: '444455556666' }), request({ principal: session }))).toBe('denied');
});

test.each([
  [{ 'aws:username': ['ada'] }, 'allowed'],
  [{ 'aws:UserName': ['eve'] }, 'denied'],
])('policy variables for %j: %s', (context: AwsRequest['context'], expected) => {
  const home = { Resource: 'arn:aws:s3:::home/${aws:username}/*' };
  const resource = 'arn:aws:s3:::home/ada/1';
  expect(evaluate(policy(allow(home)), request({ resource, context }))).toBe(expected);
  expect(evaluate({ Statement: allow(home) }, request({ resource, context }))).toBe('denied');
});

test('a variable without value uses its default, and `${*}` is an asterisk', () => {
  const team = { Resource: "arn:aws:s3:::${aws:PrincipalTag/team, 'all'}/${*}" };
  expect(evaluate(policy(allow(team)), request({ resource: 'arn:aws:s3:::all/*' }))).toBe('allowed');
  expect(evaluate(policy(allow(team)), request({ resource: 'arn:aws:s3:::all/x' }))).toBe('denied');
});
