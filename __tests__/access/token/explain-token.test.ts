import { readClaims } from '../../../lib/access/token/claims';
import type { Model } from '../../../lib/model';
import * as fixtures from './fixtures';
import { claims, ISSUER, modelOf } from './fixtures';

const POOL =
  'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/ci';
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
  fixtures.explained(model, token, address);
const firstOf = (model: Model, token: object = claims, address = ADDRESS) =>
  fixtures.firstOf(model, token, address);

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
    { stage: 'audience', text: `aud must be https://acme.example (got ${claims.aud}).` },
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
