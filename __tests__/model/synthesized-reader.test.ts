import { ModelError, readSynthesizedStack } from '../../lib/model';

const resource = (body: object, type = 'aws_iam_role') =>
  readSynthesizedStack({ resource: { [type]: { x: body } } }).resources[0];

test('reads a resource with its construct path, facts and provider', () => {
  const stack = readSynthesizedStack({
    '//': { metadata: { stackName: 'prod', version: '0.21.0' } },
    terraform: {
      required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } },
      backend: { s3: { bucket: 'state' } },
    },
    provider: { aws: [{ region: 'eu-west-1' }, { alias: 'us', region: 'us-east-1' }] },
    resource: {
      aws_iam_role: {
        x: {
          '//': {
            metadata: { path: 'prod/reader/role', uniqueId: 'x', stackTrace: ['main.ts:3:5'] },
            reason: 'reads the catalogue',
            owner: 'team-books',
            acknowledged: { wildcard: 'the service has no ARNs' },
            statements: [{ sid: 'Read' }],
          },
          provider: 'aws.us',
          name: 'reader',
          path: null,
          depends_on: ['aws_iam_policy.y'],
          lifecycle: { prevent_destroy: true },
        },
      },
    },
  });
  expect(stack).toMatchObject({
    name: 'prod',
    source: 'synthesized',
    backend: { type: 's3', values: { bucket: 'state' } },
    providers: [
      { name: 'aws', values: { region: 'eu-west-1' } },
      { name: 'aws', alias: 'us' },
    ],
  });
  const facts = {
    reason: 'reads the catalogue',
    owner: 'team-books',
    acknowledged: { wildcard: 'the service has no ARNs' },
  };
  expect(stack.resources).toEqual([
    {
      stack: 'prod',
      address: 'aws_iam_role.x',
      mode: 'managed',
      type: 'aws_iam_role',
      name: 'x',
      provider: {
        name: 'aws',
        alias: 'us',
        source: 'hashicorp/aws',
        versionConstraint: '6.25.0',
        version: '6.25.0',
      },
      values: { name: 'reader' },
      sensitive: [],
      filled: [],
      constructPath: 'prod/reader/role',
      stackTrace: ['main.ts:3:5'],
      facts: { ...facts, comment: { ...facts, statements: [{ sid: 'Read' }] } },
      dependsOn: ['aws_iam_policy.y'],
      lifecycle: { prevent_destroy: true },
      provisioners: [],
    },
  ]);
});

test('reads blocks as other tools write them: lists at every level', () => {
  const stack = readSynthesizedStack({
    terraform: [{ required_providers: [{ google: '~> 6.0' }], cloud: [{ organization: 'books' }] }],
    provider: { google: { project: 'my-project' } },
    resource: [
      { google_project_iam_member: { a: [{ role: 'roles/viewer', provider: '${google}' }] } },
      { google_project_iam_member: { '//': 'a comment', b: { role: 'roles/editor' } } },
    ],
    data: { google_project: { here: [{}] } },
    module: { net: [{ source: 'terraform-google-modules/network/google', version: '~> 9', mtu: 1460 }] },
    variable: { token: [{ sensitive: true, default: 'x${y}' }] },
    output: { id: [{ value: '${var.token}', sensitive: true }] },
    locals: [{ a: 1 }, { b: '${local.a}' }],
  });
  expect(stack.resources.map(({ address, values, provider }) => [address, values, provider])).toEqual([
    [
      'google_project_iam_member.a',
      { role: 'roles/viewer' },
      { name: 'google', source: 'hashicorp/google', versionConstraint: '~> 6.0' },
    ],
    [
      'google_project_iam_member.b',
      { role: 'roles/editor' },
      { name: 'google', source: 'hashicorp/google', versionConstraint: '~> 6.0' },
    ],
    [
      'data.google_project.here',
      {},
      { name: 'google', source: 'hashicorp/google', versionConstraint: '~> 6.0' },
    ],
  ]);
  const token = { $kind: 'reference', address: 'var.token', attribute: '' };
  expect(stack).toMatchObject({
    backend: { type: 'cloud', values: { organization: 'books' } },
    modules: [
      {
        address: 'module.net',
        source: 'terraform-google-modules/network/google',
        version: '~> 9',
        values: { mtu: 1460 },
      },
    ],
    variables: [{ name: 'token', sensitive: true, default: 'x${y}' }],
    outputs: [{ name: 'id', value: token, sensitive: true }],
    locals: { a: 1, b: { $kind: 'reference', address: 'local.a' } },
  });
});

test.each([
  ['aws_iam_role', undefined, 'aws', 'hashicorp/aws'],
  ['google_project', 'google-beta', 'google-beta', 'hashicorp/google-beta'],
  ['terraform_data', undefined, 'terraform', 'terraform.io/builtin/terraform'],
])('a provider of %s that is not declared has the default source', (type, provider, name, source) => {
  expect(resource({ provider }, type)?.provider).toEqual({ name, source });
});

test('a dynamic block adds blocks that are computed', () => {
  expect(
    resource({
      ingress: { port: 80 },
      dynamic: { ingress: { for_each: '${var.ports}', iterator: 'p', content: { port: '${p.value}' } } },
    })?.values,
  ).toEqual({
    ingress: [
      { port: 80 },
      {
        $kind: 'dynamic',
        forEach: { $kind: 'reference', address: 'var.ports', attribute: '' },
        content: { port: { $kind: 'expression', text: 'p.value', references: [] } },
      },
    ],
  });
  expect(resource({ dynamic: { label: 'x' } })?.values).toEqual({ dynamic: { label: 'x' } });
});

test('count, for_each and provisioners are not values', () => {
  expect(
    resource({ count: 2, for_each: '${var.all}', provisioner: [{ 'local-exec': { command: 'x' } }] }),
  ).toMatchObject({
    values: {},
    count: 2,
    forEach: { $kind: 'reference', address: 'var.all' },
    provisioners: [{ 'local-exec': { command: 'x' } }],
  });
});

test('marks values that the configuration marks as sensitive', () => {
  const { resources } = readSynthesizedStack({
    variable: { token: { sensitive: true }, name: {} },
    resource: {
      a_b: {
        x: { a: 'x-${var.token}', b: ['${var.name}', '${sensitive(var.name)}'], c: { d: '${var.token}' } },
      },
    },
  });
  expect(resources[0]?.sensitive).toEqual(['a', 'b[1]', 'c.d']);
});

test('a known version is that of the lock file before that of the constraint', () => {
  const { resources } = readSynthesizedStack(
    {
      terraform: {
        required_providers: { aws: { source: 'registry.terraform.io/hashicorp/aws', version: '~> 6.0' } },
      },
      resource: { aws_x: { y: {} } },
    },
    { name: 'prod', dependencies: ['base'], providerVersions: { 'hashicorp/aws': '6.69.0' } },
  );
  expect(resources[0]).toMatchObject({
    stack: 'prod',
    provider: { source: 'hashicorp/aws', versionConstraint: '~> 6.0', version: '6.69.0' },
  });
});

test.each([[null], [[]], ['text'], [{}], [{ stacks: {} }]])('rejects %j', (json) => {
  expect(() => readSynthesizedStack(json, { name: 'prod' })).toThrow(
    new ModelError(
      'prod',
      'the file must be a configuration in the JSON syntax of Terraform. It must have a resource, a provider or another block.',
    ),
  );
});

test('rejects JSON that nests too deeply', () => {
  const deep = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown;
  expect(() => readSynthesizedStack({ resource: { a_b: { x: { deep } } } }, { name: 'prod' })).toThrow(
    'prod: the JSON must not nest deeper than 200 levels.',
  );
});
