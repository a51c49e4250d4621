import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError, readPlan } from '../../lib/model';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.plan.json`), 'utf8'));

const reference = (address: string, attribute: string) => ({ $kind: 'reference', address, attribute });
const unknown = (...references: object[]) => ({ $kind: 'unknown', references });

describe('a plan of Terraform 1.11 with moves, imports, modules and for_each', () => {
  const stack = readPlan(fixture('changes'), { name: 'prod', dependencies: ['base'] });
  const resource = (address: string) => stack.resources.find((each) => each.address === address);
  const change = (address: string) => stack.plan?.changes.find((each) => each.address === address);

  test('has the state of the plan', () => {
    expect(stack).toMatchObject({ name: 'prod', source: 'plan', dependencies: ['base'] });
    expect(stack.plan).toMatchObject({
      formatVersion: '1.2',
      terraformVersion: '1.11.4',
      complete: true,
      applyable: true,
      errored: false,
      drift: [],
      deferred: [],
      actionInvocations: [],
    });
  });

  test.each([
    ['terraform_data.counted[0]', { actions: ['no-op'] }],
    ['terraform_data.counted[1]', { actions: ['delete'], actionReason: 'delete_because_count_index' }],
    ['terraform_data.forgotten', { actions: ['forget'] }],
    ['terraform_data.imported', { actions: ['no-op'], importing: { id: 'an-id' } }],
    ['terraform_data.moved_to', { actions: ['no-op'], previousAddress: 'terraform_data.moved_from' }],
    [
      'terraform_data.replaced',
      { actions: ['create', 'delete'], replacement: 'delete-first', replacePaths: ['triggers_replace'] },
    ],
    [
      'terraform_data.tainted',
      { actions: ['create', 'delete'], replacement: 'create-first', actionReason: 'replace_because_tainted' },
    ],
    ['terraform_data.updated', { actions: ['update'], before: { input: 'old' }, after: { input: 'new' } }],
  ])('reads the change of %s', (address, expected) => {
    expect(change(address)).toMatchObject(expected);
  });

  test('a deleted and a forgotten object has no values after, and is no resource of the model', () => {
    expect(change('terraform_data.deleted')).not.toHaveProperty('after');
    expect(change('terraform_data.forgotten')).not.toHaveProperty('after');
    const addresses = stack.resources.map(({ address }) => address);
    expect(addresses).not.toContain('terraform_data.deleted');
    expect(addresses).not.toContain('terraform_data.forgotten');
    expect(addresses).toContain('terraform_data.kept');
  });

  test('names the references of an unknown value, over each.value and for_each', () => {
    const names = reference('var.names', '');
    const id = reference('terraform_data.replaced', 'id');
    expect(resource('terraform_data.user["a"]')).toMatchObject({
      index: 'a',
      values: { input: { policy: unknown(id, names), list: ['a', unknown(id, names)] }, id: unknown() },
      dependsOn: ['terraform_data.kept'],
    });
    expect(resource('terraform_data.from_each["a"]')?.values.input).toEqual(
      unknown(reference('terraform_data.user', '')),
    );
  });

  test('follows variables and outputs of modules', () => {
    const inner = 'module.outer["eu"].module.inner[0]';
    expect(resource('module.outer["eu"].terraform_data.x')).toMatchObject({
      module: 'module.outer["eu"]',
      values: { input: unknown(reference('terraform_data.replaced', 'id')) },
    });
    expect(resource(`${inner}.terraform_data.y`)?.values.input).toEqual(
      unknown(reference('module.outer["eu"].terraform_data.x', 'id')),
    );
    expect(resource('terraform_data.of_module')?.values.input).toEqual(
      unknown(reference(`${inner}.terraform_data.y`, 'output')),
    );
    expect(stack.modules).toEqual([
      {
        address: 'module.outer',
        source: './m',
        values: { fixed: 'constant', role: unknown(reference('terraform_data.replaced', 'id')) },
      },
      {
        address: 'module.outer.module.inner',
        source: './n',
        values: { id: unknown(reference('module.outer.terraform_data.x', 'id')) },
      },
    ]);
  });

  test('marks sensitive values, variables and outputs', () => {
    expect(resource('terraform_data.secret')?.sensitive).toEqual(['input.token']);
    expect(change('terraform_data.secret')).toMatchObject({
      beforeSensitive: ['input.token'],
      afterSensitive: ['input.token'],
    });
    expect(stack.variables).toContainEqual(expect.objectContaining({ name: 'token', sensitive: true }));
    expect(stack.outputs).toEqual([
      { name: 'id', value: unknown(reference('terraform_data.replaced', 'id')), sensitive: false },
      { name: 'token', value: 's3cret', sensitive: true },
    ]);
  });

  test('has failed checks', () => {
    expect(stack.plan?.checks).toEqual([
      { address: 'check.always', status: 'fail', messages: ['The input is wrong.'] },
    ]);
  });
});

describe('a plan of a configuration in JSON', () => {
  const stack = readPlan(fixture('access'), { name: 'access' });
  const values = (address: string) => stack.resources.find((each) => each.address === address);

  test('has the expressions of unknown values', () => {
    expect(values('google_project_iam_member.viewer')).toMatchObject({
      filled: ['member'],
      values: {
        role: 'roles/viewer',
        member: {
          $kind: 'template',
          parts: ['serviceAccount:', reference('google_service_account.app', 'unique_id')],
        },
      },
    });
    expect(values('google_compute_firewall.web')?.values.source_ranges).toEqual([
      '10.0.0.0/8',
      { $kind: 'template', parts: [reference('google_compute_address.office', 'address'), '/32'] },
    ]);
  });

  test('keeps the order of a set, and what the provider computes stays unknown', () => {
    expect(values('google_compute_firewall.web')?.values.allow).toEqual([
      { ports: ['443', '80'], protocol: 'tcp' },
      { ports: ['53'], protocol: 'udp' },
    ]);
    expect(values('aws_sqs_queue.jobs')?.values.arn).toEqual({ ...unknown(), unset: true });
  });

  test('has providers with source, constraint and values', () => {
    expect(stack.providers).toContainEqual({
      name: 'google',
      source: 'hashicorp/google',
      versionConstraint: '6.50.0',
      version: '6.50.0',
      values: { project: 'my-project', region: 'europe-west1' },
    });
    expect(values('aws_sqs_queue.jobs')?.provider).toMatchObject({ name: 'aws', version: '6.25.0' });
  });
});

test('a plan without the state of newer tools has no such member: absent is not false', () => {
  const { plan } = readPlan({ format_version: '1.2', resource_changes: [] });
  expect(plan).not.toHaveProperty('complete');
  expect(plan).not.toHaveProperty('applyable');
  expect(plan).not.toHaveProperty('errored');
  expect(readPlan({ format_version: '1.0', planned_values: {}, errored: true }).plan?.errored).toBe(true);
});

test('reads drift, deferred changes and invocations of actions', () => {
  const resource = { address: 'a_b.x', mode: 'managed', type: 'a_b', name: 'x' };
  const update = { actions: ['update'], before: { n: 1 }, after: { n: 2 } };
  const { plan } = readPlan({
    format_version: '1.2',
    complete: false,
    resource_drift: [{ ...resource, change: update }],
    resource_changes: [],
    deferred_changes: [
      {
        reason: 'resource_config_unknown',
        resource_change: { ...resource, change: { actions: ['create'] } },
      },
      {},
    ],
    action_invocations: [{ address: 'action.aws_lambda_invoke.x' }],
    deferred_action_invocations: [{ action_invocation: { address: 'action.y.z' } }],
  });
  expect(plan).toMatchObject({
    complete: false,
    drift: [{ address: 'a_b.x', before: { n: 1 }, after: { n: 2 } }],
    deferred: [{ reason: 'resource_config_unknown', change: { actions: ['create'] } }, { reason: 'unknown' }],
    actionInvocations: ['action.aws_lambda_invoke.x', 'action.y.z'],
  });
});

test('has the data sources that Terraform read while planning, and the changes of a plan without planned values', () => {
  const resource = {
    address: 'a_b.x',
    mode: 'managed',
    type: 'a_b',
    name: 'x',
    provider_name: 'registry.opentofu.org/books/b',
  };
  const data = {
    address: 'data.a_b.y',
    mode: 'data',
    type: 'a_b',
    name: 'y',
    values: { id: '1' },
    sensitive_values: { id: true },
  };
  const { resources } = readPlan({
    format_version: '1.2',
    resource_changes: [{ ...resource, change: { actions: ['create'], after: { n: 1 } } }],
    prior_state: { values: { root_module: { resources: [data, { ...resource, values: {} }] } } },
  });
  expect(
    resources.map(({ address, values, sensitive, provider }) => [address, values, sensitive, provider]),
  ).toEqual([
    ['a_b.x', { n: 1 }, [], { name: 'b', source: 'books/b' }],
    ['data.a_b.y', { id: '1' }, ['id'], { name: 'a', source: 'hashicorp/a' }],
  ]);
});

test('a provider by alias, also that of a module', () => {
  const resource = (address: string, key: string) => ({ address, provider_config_key: key, expressions: {} });
  const planned = (address: string) => ({
    address,
    mode: 'managed',
    type: 'a_b',
    name: 'x',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    values: {},
  });
  const { resources } = readPlan({
    format_version: '1.2',
    planned_values: { root_module: { resources: [planned('a_b.x'), planned('a_b.y')] } },
    configuration: {
      provider_config: {
        'aws.us': {
          name: 'aws',
          alias: 'us',
          full_name: 'registry.terraform.io/hashicorp/aws',
          version_constraint: '~> 6.0',
        },
      },
      root_module: { resources: [resource('a_b.x', 'aws.us'), resource('a_b.y', 'module.m:aws.eu')] },
    },
  });
  expect(resources.map(({ provider }) => provider)).toEqual([
    { name: 'aws', alias: 'us', source: 'hashicorp/aws', versionConstraint: '~> 6.0' },
    { name: 'aws', alias: 'eu', source: 'hashicorp/aws' },
  ]);
});

const COMMANDS = 'Run "terraform plan -out=plan" and "terraform show -json plan > plan.json".';

test.each([
  [null, `the file must be the JSON of a plan. ${COMMANDS}`],
  [{ format_version: 1 }, `the file must be the JSON of a plan. ${COMMANDS}`],
  [
    { format_version: '2.0', planned_values: {} },
    'format_version must have the major version 1 (got "2.0"). Use Terraform 1.1 to 1.17 or OpenTofu, or update cdktf-multicloud.',
  ],
  [{ format_version: '1.0', values: {} }, `the file must be the JSON of a plan (got a state). ${COMMANDS}`],
  [
    { format_version: '1.0', provider_schemas: {} },
    `the file must be the JSON of a plan (got another JSON document). ${COMMANDS}`,
  ],
])('rejects %j', (json, problem) => {
  expect(() => readPlan(json, { name: 'prod' })).toThrow(new ModelError('prod', problem));
});
