import { policy } from '../graph/graph-of';
import { claims, explained, firstOf, ISSUER, modelOf } from './fixtures';

const HOST = 'token.actions.githubusercontent.com';
const arn = `arn:aws:iam::123456789012:oidc-provider/${HOST}`;
const token = { ...claims, aud: 'sts.amazonaws.com' };
const aws = (Condition: object, more: object = {}, principal: string = arn) =>
  modelOf({
    aws_iam_openid_connect_provider: {
      github: { url: ISSUER, client_id_list: ['sts.amazonaws.com'], ...more },
    },
    aws_iam_role: {
      deployer: {
        name: 'deployer',
        assume_role_policy: policy({
          Effect: 'Allow',
          Principal: { Federated: principal },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition,
        }),
      },
    },
  });
const address = 'aws_iam_openid_connect_provider.github';
const condition = { StringEquals: { [`${HOST}:aud`]: 'sts.amazonaws.com', [`${HOST}:sub`]: token.sub } };

test('a role whose conditions the claims satisfy', () => {
  for (const principal of [arn, '${aws_iam_openid_connect_provider.github.arn}']) {
    expect(explained(aws(condition, {}, principal), token, address)).toMatchObject({
      result: 'accepts',
      identities: ['aws_iam_role.deployer'],
    });
  }
});

test.each<[string, object, object, object, RegExp]>([
  ['audience', condition, {}, { aud: 'https://github.com/acme' }, /^aud must be sts\.amazonaws\.com \(got/],
  ['issuer', condition, {}, { iss: 'https://gitlab.com' }, /^iss must be/],
  [
    'trust',
    condition,
    {},
    { sub: 'repo:acme/shop:pull_request' },
    /^The trust policy of role deployer does not accept the token: StringEquals .*:sub must be .*main" \(sub is "repo:acme\/shop:pull_request"\)\.$/,
  ],
  [
    'trust',
    { StringEquals: { [`${HOST}:sub`]: 'repo:acme/shop:*' } },
    {},
    {},
    /StringEquals reads \* and \? as characters: use StringLike\.$/,
  ],
  ['trust', { StringEquals: { [`${HOST}:environment`]: 'prod' } }, {}, {}, /\(environment is missing\)/],
])('%s rejects', (stage, Condition, more, changed, text) => {
  const first = firstOf(aws(Condition, more), { ...token, ...changed }, address);
  expect(first).toMatchObject({ stage, result: 'rejects' });
  expect(first!.text).toMatch(text);
});

test('no role trusts the provider', () => {
  expect(
    firstOf(aws(condition, {}, 'arn:aws:iam::123456789012:oidc-provider/gitlab.com'), token, address),
  ).toEqual({
    stage: 'trust',
    result: 'rejects',
    text: 'No role of these stacks trusts the provider.',
  });
});

test('a denial of the token wins', () => {
  const model = modelOf({
    aws_iam_openid_connect_provider: { github: { url: ISSUER, client_id_list: ['sts.amazonaws.com'] } },
    aws_iam_role: {
      deployer: {
        name: 'deployer',
        assume_role_policy: policy(
          ...['Allow', 'Deny'].map((Effect) => ({
            Effect,
            Principal: { Federated: arn },
            Action: 'sts:*',
            Condition: condition,
          })),
        ),
      },
    },
  });
  expect(firstOf(model, token, address)!.text).toBe(
    'Statement[1] of the trust policy of role deployer denies the token.',
  );
});
