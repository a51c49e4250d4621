import { decide } from '../../../../lib/access/decide';

const trust = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const assume = (principal: object | string, given: object = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...given,
});
const github = (conditions: object) =>
  trust(
    assume(
      { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      { Action: 'sts:AssumeRoleWithWebIdentity', Condition: conditions },
    ),
  );
const key = (claim: string) => `token.actions.githubusercontent.com:${claim}`;
const exact = {
  StringEquals: { [key('aud')]: 'sts.amazonaws.com', [key('sub')]: 'repo:org/repo:environment:prod' },
};
const role = 'arn:aws:iam::111122223333:role/deploy';

test.each([
  ['one more principal', trust(assume({ AWS: role })), trust(assume({ AWS: [role, '444455556666'] })), true],
  ['a role becomes its account', trust(assume({ AWS: role })), trust(assume({ AWS: '111122223333' })), true],
  [
    'an account becomes one of its roles',
    trust(assume({ AWS: '111122223333' })),
    trust(assume({ AWS: role })),
    false,
  ],
  ['an account becomes everybody', trust(assume({ AWS: '111122223333' })), trust(assume('*')), true],
  [
    'an id becomes the ARN of the account',
    trust(assume({ AWS: '111122223333' })),
    trust(assume({ AWS: 'arn:aws:iam::111122223333:root' })),
    false,
  ],
  [
    'a role becomes one of its sessions',
    trust(assume({ AWS: role })),
    trust(assume({ AWS: 'arn:aws:sts::111122223333:assumed-role/deploy/s' })),
    false,
  ],
  [
    'a service is added',
    trust(assume({ AWS: role })),
    trust(assume({ AWS: role }), assume({ Service: 'ec2.amazonaws.com' })),
    true,
  ],
  [
    'a service loses its source account',
    trust(
      assume(
        { Service: 'states.amazonaws.com' },
        { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
      ),
    ),
    trust(assume({ Service: 'states.amazonaws.com' })),
    true,
  ],
  [
    'sts:TagSession is added',
    trust(assume({ AWS: role })),
    trust(assume({ AWS: role }, { Action: ['sts:AssumeRole', 'sts:TagSession'] })),
    true,
  ],
  [
    'ExternalId is required',
    trust(assume({ AWS: role })),
    trust(assume({ AWS: role }, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })),
    false,
  ],
  [
    'sub gets a wildcard',
    github(exact),
    github({
      ...exact,
      StringEquals: { [key('aud')]: 'sts.amazonaws.com' },
      StringLike: { [key('sub')]: 'repo:org/repo:*' },
    }),
    true,
  ],
  [
    'aud is dropped',
    github(exact),
    github({ StringEquals: { [key('sub')]: 'repo:org/repo:environment:prod' } }),
    true,
  ],
  ['conditions change their order', github(exact), github({ StringLike: exact.StringEquals }), false],
])('%s', (_, before, after, broadens) => {
  expect(decide('aws-trust', after, before).relation).toBe(broadens ? 'broader' : 'within');
});

test('a witness names the caller and has no resource', () => {
  expect(decide('aws-trust', trust(assume({ AWS: '111122223333' })), trust(assume({ AWS: role }))))
    .toMatchInlineSnapshot(`
   {
     "relation": "broader",
     "witness": {
       "action": "sts:AssumeRole",
       "context": {},
       "principal": {
         "id": "arn:aws:iam::111122223333:role/x",
         "type": "AWS",
       },
     },
   }
  `);
});

test.each([
  [
    { ...assume({ AWS: role }), Resource: '*' },
    'Document A, statement 1: Resource must be omitted in a trust policy.',
  ],
  [
    { Effect: 'Allow', Action: 'sts:AssumeRole' },
    'Document A, statement 1: Principal is required in a trust policy.',
  ],
  [
    { Effect: 'Deny', NotPrincipal: { AWS: role }, Action: '*' },
    'Document A, statement 1: NotPrincipal must be omitted in a trust policy.',
  ],
])('is unknown for a trust policy that AWS rejects: %j', (statement, reason) => {
  expect(decide('aws-trust', trust(statement), trust(assume({ AWS: role })))).toEqual({
    relation: 'unknown',
    reason,
  });
});
