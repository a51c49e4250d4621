import { type TerraformStack } from 'cdktf';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { explainToken } from '../../../lib/access/token/explain-token';
import { readClaims } from '../../../lib/access/token/claims';
import { PipelineIdentity, PipelineSource } from '../../../lib/identity';
import { readSynthesizedStack, type Model } from '../../../lib/model';
import { sibling, synthesized, testStack, withAws } from '../../synth';
import { policy } from '../graph/graph-of';

const modelOf = (resource: object): Model => ({
  stacks: [readSynthesizedStack({ resource }, { name: 'prod' })],
});

const ISSUER = 'https://token.actions.githubusercontent.com';
const AUDIENCE =
  'https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci/providers/github';
const POOL =
  'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci';
const claims = {
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'repo:acme/shop:ref:refs/heads/main',
  repository: 'acme/shop',
  ref: 'refs/heads/main',
  iat: 1_800_000_000,
  exp: 1_800_000_300,
};
const provider = {
  workload_identity_pool_id: 'ci',
  workload_identity_pool_provider_id: 'github',
  oidc: { issuer_uri: ISSUER },
  attribute_mapping: { 'google.subject': 'assertion.sub', 'attribute.repository': 'assertion.repository' },
  attribute_condition: "assertion.repository == 'acme/shop' && assertion.ref == 'refs/heads/main'",
};
const member = `${POOL}/attribute.repository/acme/shop`;
const google = (changed: object = {}, name: string = member) =>
  modelOf({
    google_iam_workload_identity_pool_provider: { github: { ...provider, ...changed } },
    google_project_iam_member: { deployer: { project: 'p', role: 'roles/viewer', member: name } },
  });
const ADDRESS = 'google_iam_workload_identity_pool_provider.github';
const explained = (model: Model, token: object = claims, address = ADDRESS) =>
  explainToken(model, readClaims(JSON.stringify(token)), address);

/** The first part that does not accept the token. */
const firstOf = (model: Model, token?: object, address?: string) =>
  explained(model, token, address).steps.find(({ result }) => result !== 'accepts');

test('a token that each part accepts, with its attributes and the member', () => {
  expect(explained(google())).toMatchObject({
    result: 'accepts',
    attributes: { 'google.subject': claims.sub, 'attribute.repository': 'acme/shop' },
    identities: [member],
  });
});

test.each<[string, object, object, { stage: string; result?: string; text: string | RegExp }]>([
  ['disabled', { disabled: true }, {}, { stage: 'provider', text: 'The provider is disabled.' }],
  [
    'another issuer',
    {},
    { iss: 'https://gitlab.com' },
    { stage: 'issuer', text: `iss must be ${ISSUER} (got https://gitlab.com).` },
  ],
  ['no issuer', {}, { iss: undefined }, { stage: 'issuer', text: `iss must be ${ISSUER} (got none).` }],
  [
    'another default audience',
    {},
    { aud: 'https://github.com/acme' },
    {
      stage: 'audience',
      text: 'aud must be https://iam.googleapis.com/projects/NUMBER/locations/global/workloadIdentityPools/ci/providers/github (got https://github.com/acme).',
    },
  ],
  [
    'the default audience although others are allowed',
    { oidc: { issuer_uri: ISSUER, allowed_audiences: ['https://acme.example'] } },
    {},
    { stage: 'audience', text: `aud must be https://acme.example (got ${AUDIENCE}).` },
  ],
  [
    'two days',
    {},
    { exp: claims.iat + 172_800 },
    { stage: 'lifetime', text: 'exp must be at most 86400 seconds after iat (got 172800).' },
  ],
  [
    'a claim of the mapping is missing',
    {},
    { repository: undefined },
    {
      stage: 'mapping',
      text: /^The mapping of attribute\.repository has an error .*"repository" is missing/,
    },
  ],
  [
    'the subject is a comparison',
    { attribute_mapping: { 'google.subject': "assertion.sub == 'x'" } },
    {},
    { stage: 'mapping', text: /^google\.subject must be a text \(got false from/ },
  ],
  [
    'the subject is too long',
    {},
    { sub: 'é'.repeat(64) },
    { stage: 'mapping', text: /^google\.subject must have 1 to 127 bytes \(got 128:/ },
  ],
  [
    'no subject',
    { attribute_mapping: { 'attribute.repository': 'assertion.repository' } },
    {},
    { stage: 'mapping', text: 'google.subject has no mapping.' },
  ],
  [
    'a mapping known after apply',
    { attribute_mapping: { 'google.subject': '${var.subject}' } },
    {},
    { stage: 'mapping', result: 'unknown', text: 'google.subject is known after apply.' },
  ],
  [
    'another ref',
    {},
    { ref: 'refs/heads/dev' },
    {
      stage: 'condition',
      text: 'The condition is not true: assertion.ref == "refs/heads/main" is false, assertion.ref is "refs/heads/dev".',
    },
  ],
  [
    'another case of the repository',
    {},
    { repository: 'Acme/shop' },
    { stage: 'condition', text: /assertion\.repository is "Acme\/shop"\.$/ },
  ],
  [
    'a condition with a claim that is missing',
    { attribute_condition: "assertion.environment == 'prod'" },
    {},
    { stage: 'condition', text: /has an error, the key "environment" is missing/ },
  ],
  [
    'a condition with an attribute that is not mapped',
    { attribute_condition: "attribute.ref == 'refs/heads/main'" },
    {},
    { stage: 'condition', text: /has an error, the key "ref" is missing/ },
  ],
  [
    'a condition that is not understood',
    { attribute_condition: "assertion.ref.matches('(?=main)')" },
    {},
    { stage: 'condition', result: 'unknown', text: /is not understood/ },
  ],
  [
    'a condition known after apply',
    { attribute_condition: '${var.condition}' },
    {},
    { stage: 'condition', result: 'unknown', text: 'The condition is known after apply.' },
  ],
])('%s', (_, changed, token, { stage, result = 'rejects', text }) => {
  const first = firstOf(google(changed), { ...claims, ...token });
  expect(first).toMatchObject({ stage, result });
  expect(first!.text).toMatch(text);
});

test.each([
  ['another repository', `${POOL}/attribute.repository/acme/shops`],
  ['two attributes in one member', `${POOL}/attribute.repository/acme/shop/attribute.ref/refs/heads/main`],
  ['another case', `${POOL}/attribute.repository/Acme/shop`],
])('%s in the member: the nearest member is named', (_, name) => {
  const first = firstOf(google({}, name));
  expect(first).toMatchObject({
    stage: 'member',
    result: 'rejects',
    text: expect.stringContaining(`The nearest member is ${name},`),
    remedy: `Change the member to ${member}.`,
  });
  expect(explained(google({}, name)).identities).toEqual([]);
});

test.each([
  ['an attribute of a principal', member.replace('principalSet:', 'principal:')],
  ['a subject of a principalSet', `${POOL}/subject/${claims.sub}`],
  ['another pool', member.replace('/ci/', '/cd/')],
])('%s is no member of the pool', (_, name) => {
  expect(firstOf(google({}, name))).toMatchObject({ stage: 'member', result: 'rejects' });
});

test.each([
  ['each identity of the pool', `${POOL}/*`],
  ['the subject', `${POOL.replace('principalSet', 'principal')}/subject/${claims.sub}`],
])('%s accepts the token', (_, name) => {
  expect(explained(google({}, name))).toMatchObject({ result: 'accepts', identities: [name] });
});

test('a group of the mapping', () => {
  const mapping = { 'google.subject': 'assertion.sub', 'google.groups': 'assertion.groups' };
  const model = google({ attribute_mapping: mapping }, `${POOL}/group/admins`);
  expect(explained(model, { ...claims, groups: ['users', 'admins'] }).result).toBe('accepts');
  expect(firstOf(model, { ...claims, groups: 'admins' })!.text).toMatch(
    /^google\.groups must be a list of texts/,
  );
  expect(firstOf(model, { ...claims, groups: ['users'] })).toMatchObject({ stage: 'member' });
});

describe('of AWS', () => {
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
});

describe('of a PipelineIdentity', () => {
  const stack = withAws(testStack('pipeline'));
  const books = withAws(sibling(stack, 'books'));
  new StorageBucket(books, 'bucket', { name: 'books', location: 'EU' });
  new IamRole(books, 'role', { name: 'loader', assumeRolePolicy: '{}' });
  new PipelineIdentity(stack, 'ci', {
    source: PipelineSource.github({ owner: 'acme', ownerId: '11', repository: 'shop', repositoryId: '22' }),
    plan: {},
    apply: { environment: 'prod' },
    stacks: [books as TerraformStack],
    reason: 'deploys the shop',
    account: { id: '210987654321', region: 'eu-west-1' },
    project: { id: 'my-project', number: '123456789012' },
    aws: { namePrefix: 'shop' },
    google: { poolPrefix: 'shop-ci' },
  });
  const model: Model = { stacks: [readSynthesizedStack(synthesized(stack), { name: 'pipeline' })] };
  const run = {
    iss: ISSUER,
    sub: 'repo:acme@11/shop@22:environment:prod',
    repository_id: '22',
    repository_owner_id: '11',
    environment: 'prod',
    ref: 'refs/heads/main',
    run_id: '42',
    event_name: 'push',
  };
  const addresses = model.stacks[0]!.resources.flatMap(({ address, type }) =>
    /pool_provider$|openid_connect_provider$/.test(type) ? [address] : [],
  );
  const audienceOf = (address: string) => {
    const { values } = model.stacks[0]!.resources.find((each) => each.address === address)!;
    return `https://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/${String(values.workload_identity_pool_id)}/providers/${String(values.workload_identity_pool_provider_id)}`;
  };
  const results = (token: object) =>
    addresses.map((address) => {
      const aud = address.startsWith('aws') ? 'sts.amazonaws.com' : audienceOf(address);
      return explained(model, { ...token, aud }, address).result;
    });

  test('the environment applies, a pull request plans, another repository does nothing', () => {
    expect(addresses).toHaveLength(3);
    expect(results(run).sort()).toEqual(['accepts', 'accepts', 'rejects']);
    const pull = {
      ...run,
      sub: 'repo:acme@11/shop@22:pull_request',
      environment: undefined,
      event_name: 'pull_request',
      ref: 'refs/pull/1/merge',
    };
    expect(results(pull).sort()).toEqual(['accepts', 'accepts', 'rejects']);
    expect(results(pull)).not.toEqual(results(run));
    expect(results({ ...run, repository_id: '23', sub: 'repo:acme@11/other@23:environment:prod' })).toEqual([
      'rejects',
      'rejects',
      'rejects',
    ]);
  });
});

test('an address that no provider has', () => {
  expect(() => explained(google(), claims, 'google_iam_workload_identity_pool_provider.gitub')).toThrow(
    '--provider must be the address of an identity provider (got "google_iam_workload_identity_pool_provider.gitub"). Did you mean "google_iam_workload_identity_pool_provider.github"?',
  );
  expect(() => explained(modelOf({}), claims)).toThrow(/The stacks have none\.$/);
});

test.each([
  ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln', /must be the JSON of the claims \(got a signed token\)/],
  ['{"sub":', /^CLAIMS must be JSON/],
  ['["sub"]', /^CLAIMS must be an object of claims by name\.$/],
])('%s is no claims', (text, message) => {
  expect(() => readClaims(text)).toThrow(message);
});
