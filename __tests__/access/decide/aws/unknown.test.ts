import { decide } from '../../../../lib/access/decide';

const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (given: object = {}) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...given });
const when = (operator: string, values: unknown, key = 'aws:Key') =>
  policy(allow({ Condition: { [operator]: { [key]: values } } }));
const relation = (a: unknown, b: unknown) => decide('aws-policy', a, b).relation;

describe('an operator that is not understood', () => {
  const strange = when('StringSoundsLike', 'a');
  test('is equal to itself', () => expect(relation(strange, strange)).toBe('within'));
  test('restricts, so it is within the same without condition', () =>
    expect(relation(strange, policy(allow()))).toBe('within'));
  test('is unknown against another condition', () => {
    expect(decide('aws-policy', strange, when('StringEquals', 'a'))).toEqual({
      relation: 'unknown',
      reason: 'The condition operator "StringSoundsLike" is not known.',
    });
    expect(relation(policy(allow()), strange)).toBe('unknown');
  });
  test('does not hide a broadening beside it', () =>
    expect(
      relation(policy(allow(), { ...allow({ Action: 'iam:*' }) }), policy({ ...allow({ Action: 's3:*' }) })),
    ).toBe('broader'));
});

test.each([
  [when('Bool', 'yes'), 'A value of Bool for aws:Key is not understood: yes.'],
  [when('NumericEquals', 'many'), 'A value of NumericEquals for aws:Key is not understood: many.'],
  [
    when('NumericEquals', '12345678901234567890'),
    'A value of NumericEquals for aws:Key is not understood: 12345678901234567890.',
  ],
  [when('DateLessThan', '2026'), 'A value of DateLessThan for aws:Key is not understood: 2026.'],
  [when('IpAddress', '10.0.0.1/8'), 'A value of IpAddress for aws:Key is not understood: 10.0.0.1/8.'],
  [when('ArnLike', 'books'), 'A value of ArnLike for aws:Key is not understood: books.'],
  [when('StringEquals', []), 'The condition StringEquals has no value for aws:Key.'],
  [when('Null', ['true', 'false']), 'The value of Null for aws:Key is not "true" or "false".'],
  [
    policy(allow({ Resource: 'arn:aws:s3:::${aws:username' })),
    'The resource "arn:aws:s3:::${aws:username" has a variable that is not understood.',
  ],
])('gives the reason for %j', (document, reason) => {
  expect(decide('aws-policy', document, when('StringEquals', 'other'))).toEqual({
    relation: 'unknown',
    reason,
  });
  expect(relation(document, document)).toBe('within');
});

test.each([
  ['{', 'Document A must be JSON.'],
  [[], 'Document A must be an object.'],
  [{}, 'Document A: Statement is required.'],
  [{ Statement: [], Rules: 1 }, 'Document A: Rules is not a property.'],
  [
    { Version: '2020-01-01', Statement: [] },
    'Document A: Version must be "2012-10-17" or "2008-10-17" (got "2020-01-01").',
  ],
  [
    policy(allow({ Effect: 'allow' })),
    'Document A, statement 1: Effect must be "Allow" or "Deny" (got "allow").',
  ],
  [policy(allow({ Action: undefined })), 'Document A, statement 1: Action is required.'],
  [policy(allow({ Action: [] })), 'Document A, statement 1: Action must not be empty.'],
  [policy(allow({ Action: [1] })), 'Document A, statement 1: Action must be a string or a list of strings.'],
  [
    policy(allow({ NotAction: 'x' })),
    'Document A, statement 1: Action must be omitted when NotAction is set.',
  ],
  [policy(allow({ Resource: undefined })), 'Document A, statement 1: Resource is required.'],
  [policy(allow({ Conditions: {} })), 'Document A, statement 1: Conditions is not a property.'],
  [policy(allow({ Principal: { Aws: '*' } })), 'Document A, statement 1: Principal: Aws is not a property.'],
  [
    policy(allow(), allow({ Principal: '*' })),
    'Some statements have a principal and others have none, so the policies are of two types.',
  ],
])('is unknown for a document that AWS rejects: %j', (document, reason) => {
  expect(decide('aws-policy', document, policy())).toEqual({ relation: 'unknown', reason });
});

describe('policy variables', () => {
  const home = (path: string) => policy(allow({ Resource: `arn:aws:s3:::home/${path}` }));
  test.each([
    ['${aws:username}/*', '${AWS:UserName}/*', 'within'],
    ['${aws:username}/*', '*', 'within'],
    ['${aws:username}/a', '${aws:username}/*', 'within'],
    ['${aws:username}/*', '${aws:username}/a', 'broader'],
    ['${aws:username}/*', '${aws:userid}/*', 'broader'],
    ['${aws:username}', 'ada', 'broader'],
    ['ada', '${aws:username}', 'broader'],
    ['*', '${aws:username}', 'broader'],
    ['${*}', '*', 'within'],
    ['*', '${*}', 'broader'],
    ['${aws:username}', '?*', 'unknown'],
  ])('%s against %s: %s', (a, b, expected) => expect(relation(home(a), home(b))).toBe(expected));

  test('a denied value of a variable is found, or the answer is unknown', () => {
    const denied = policy(allow({ Resource: 'home/*' }), {
      ...allow({ Resource: 'home/ada' }),
      Effect: 'Deny',
    });
    expect(relation(policy(allow({ Resource: 'home/${aws:username}' })), denied)).toBe('unknown');
  });

  test('text in a policy of the version 2008-10-17', () => {
    const literal = { Statement: allow({ Resource: 'arn:aws:s3:::${aws:username}' }) };
    expect(relation(literal, policy(allow({ Resource: 'arn:aws:s3:::${$}{aws:username}' })))).toBe('within');
  });

  test('a value of a condition', () => {
    const owner = when('StringEquals', '${aws:username}', 'aws:ResourceTag/owner');
    expect(relation(owner, owner)).toBe('within');
    expect(relation(owner, when('StringLike', '*', 'aws:ResourceTag/owner'))).toBe('within');
    expect(relation(owner, when('StringEquals', 'ada', 'aws:ResourceTag/owner'))).toBe('broader');
  });
});

describe('one key with operators of two types', () => {
  test('decides the values that both read', () => {
    expect(relation(when('StringEquals', ['4', '6']), when('NumericLessThan', '7'))).toBe('within');
    expect(relation(when('StringEquals', ['4', '8']), when('NumericLessThan', '7'))).toBe('broader');
    expect(relation(when('NumericLessThan', '7'), when('StringEquals', '4'))).toBe('broader');
  });
  test('is unknown for a value that only one reads', () => {
    expect(decide('aws-policy', when('StringLike', 'a*'), when('NumericLessThan', '7'))).toEqual({
      relation: 'unknown',
      reason: 'Conditions read one key in more than one way, for example as text and as number.',
    });
  });
});

test('the principal and the keys that describe it do not contradict each other in a witness', () => {
  const of = (principal: string, account: string) =>
    policy(
      allow({
        Principal: { AWS: principal },
        Condition: { StringEquals: { 'aws:PrincipalAccount': account } },
      }),
    );
  expect(decide('aws-policy', of('111122223333', '444455556666'), of('777788889999', '1'))).toEqual({
    relation: 'unknown',
    reason:
      'The principal, aws:PrincipalArn and aws:PrincipalAccount depend on each other, which is not decided.',
  });
});

test('documents with too many regions are unknown within seconds', () => {
  const many = Array.from({ length: 40 }, (_, index) =>
    allow({
      Condition: {
        StringLike: { [`aws:a${index}`]: 'a*', [`aws:b${index}`]: 'b*', [`aws:c${index}`]: 'c*' },
      },
    }),
  );
  expect(decide('aws-policy', policy(allow()), policy(...many)).relation).toBe('broader');
  const deny = many.map((each) => ({ ...each, Effect: 'Deny' }));
  expect(
    decide('aws-policy', policy(allow(), ...deny), policy(...many, allow({ Action: 's3:Get*' }))).relation,
  ).not.toBe('within');
});

test('an empty value has no result for ForAnyValue with IfExists', () => {
  expect(
    decide('aws-policy', when('StringEquals', ''), when('ForAnyValue:StringEqualsIfExists', 'a')),
  ).toEqual({
    relation: 'unknown',
    reason: 'AWS does not document whether a key with an empty value is absent.',
  });
});
