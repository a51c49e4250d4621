import { decide } from '../../../../lib/access/decide';

const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' };
const inOrganization = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };
const notIam = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
const denyDelete = { Effect: 'Deny', Action: 's3:DeleteObject', Resource: '*' };
const all = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

/** Changes of policies that other tools decide wrongly: before, after, and whether the change broadens. */
test.each([
  ['Allow with NotAction is added', policy(read), policy(read, notIam), true],
  ['Allow with NotAction is removed', policy(read, notIam), policy(read), false],
  [
    'Allow with NotResource is added',
    policy(),
    policy({ ...read, Resource: undefined, NotResource: 'arn:aws:s3:::x/*' }),
    true,
  ],
  ['a condition is added', policy(read), policy({ ...read, Condition: inOrganization }), false],
  ['a condition is removed', policy({ ...read, Condition: inOrganization }), policy(read), true],
  ['s3:* becomes s3:GetObject', policy({ ...read, Action: 's3:*' }), policy(read), false],
  [
    'a number is no longer required',
    policy({ ...read, Condition: { NumericEquals: { 'ns:k': '1', 'NS:K': '2' } } }),
    policy({ ...read, Condition: { Null: { 'ns:k': 'false' } } }),
    true,
  ],
  [
    'an address is no longer required',
    policy({
      ...read,
      Condition: { IpAddress: { 'ns:k': '::/0' }, IpAddressIfExists: { 'ns:k': '10.0.0.0/8' } },
    }),
    policy({ ...read, Condition: { Null: { 'ns:k': 'false' } } }),
    true,
  ],
  ['only the Sid changes', policy({ ...read, Sid: 'One' }), policy({ ...read, Sid: 'Two' }), false],
  ['Deny is removed', policy(all, denyDelete), policy(all), true],
  [
    'Deny is narrowed',
    policy(all, denyDelete),
    policy(all, { ...denyDelete, Resource: 'arn:aws:s3:::books/*' }),
    true,
  ],
  ['Deny is added', policy(all), policy(all, denyDelete), false],
  [
    'StringEquals becomes StringLike',
    policy({ ...read, Condition: inOrganization }),
    policy({ ...read, Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } }),
    true,
  ],
  [
    'StringEquals becomes StringLike with equal text',
    policy({ ...read, Condition: inOrganization }),
    policy({ ...read, Condition: { StringLike: { 'aws:principalorgid': ['o-1'] } } }),
    false,
  ],
  [
    'a condition accepts one more value',
    policy({ ...read, Condition: inOrganization }),
    policy({ ...read, Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } } }),
    true,
  ],
  [
    'an operator gets IfExists',
    policy({ ...read, Condition: inOrganization }),
    policy({ ...read, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } }),
    true,
  ],
  [
    'ForAnyValue becomes ForAllValues',
    policy({ ...read, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } } }),
    policy({ ...read, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } } }),
    true,
  ],
  [
    'a block of addresses grows',
    policy({ ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } } }),
    policy({ ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/15' } } }),
    true,
  ],
  [
    'two blocks of addresses become the one that they are',
    policy({ ...read, Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/17', '10.0.128.0/17'] } } }),
    policy({ ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } } }),
    false,
  ],
])('%s', (_, before, after, broadens) => {
  expect(decide('aws-policy', after, before).relation).toBe(broadens ? 'broader' : 'within');
});

test('a witness is one request that looks like a real one', () => {
  const before = policy({ ...read, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/16' } } });
  const after = policy({
    ...read,
    Action: 's3:Get*',
    Condition: { IpAddress: { 'AWS:SourceIp': '10.0.0.0/15' } },
  });
  expect(decide('aws-policy', after, before)).toMatchInlineSnapshot(`
   {
     "relation": "broader",
     "witness": {
       "action": "s3:Get",
       "context": {
         "AWS:SourceIp": [
           "10.0.0.0",
         ],
       },
       "resource": "arn:aws:s3:::books/",
     },
   }
  `);
});

test('a witness of a removed Deny names the action that was denied', () => {
  expect(decide('aws-policy', policy(all), policy(all, denyDelete))).toMatchInlineSnapshot(`
   {
     "relation": "broader",
     "witness": {
       "action": "s3:DeleteObject",
       "context": {},
       "resource": "arn:aws:s3:::other/object",
     },
   }
  `);
});

test('a witness for a missing key lists no value for it', () => {
  const after = policy({ ...read, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } });
  expect(decide('aws-policy', after, policy({ ...read, Condition: inOrganization }))).toMatchInlineSnapshot(`
   {
     "relation": "broader",
     "witness": {
       "action": "s3:GetObject",
       "context": {},
       "resource": "arn:aws:s3:::books/",
     },
   }
  `);
});
