import { ModelIndex, readSynthesizedStack, type ModelValue } from '../../lib/model';

const reference = (address: string, attribute: string) => ({
  $kind: 'reference' as const,
  address,
  attribute,
});

function indexOf(configuration: object): ModelIndex {
  return new ModelIndex({ stacks: [readSynthesizedStack(configuration, { name: 'prod' })] });
}

function resolvedIn(configuration: object): ModelValue | undefined {
  const index = indexOf({
    ...configuration,
    output: { it: { value: (configuration as { it: unknown }).it } },
  });
  return index.resolve('prod', index.tryFindStack('prod')?.outputs[0]?.value ?? null);
}

test('finds resources by address, and all instances by the address without a key', () => {
  const index = indexOf({ resource: { a_b: { x: { count: 2 } } }, data: { a_b: { x: {} } } });
  expect(index.tryFindResource('prod', 'a_b.x')).toMatchObject({ mode: 'managed' });
  expect(index.tryFindResource('prod', 'data.a_b.x')).toMatchObject({ mode: 'data' });
  expect(index.tryFindResource('dev', 'a_b.x')).toBeUndefined();
  expect(index.resourcesOf('prod', reference('a_b.x[1]', 'id'))).toHaveLength(1);
  expect(index.resourcesOf('prod', reference('a_b.y', 'id'))).toEqual([]);
});

test('finds the provider configuration of a resource by name and alias', () => {
  const index = indexOf({
    provider: { aws: [{ region: 'eu-west-1' }, { alias: 'us', region: 'us-east-1' }] },
    resource: { aws_x: { a: {}, b: { provider: 'aws.us' }, c: { provider: 'aws.none' } } },
  });
  const regions = ['a', 'b', 'c'].map((name) => {
    const resource = index.tryFindResource('prod', `aws_x.${name}`);
    return resource && index.providerOf(resource)?.values.region;
  });
  expect(regions).toEqual(['eu-west-1', 'us-east-1', undefined]);
});

test('resolves references to arguments, over local values', () => {
  expect(
    resolvedIn({
      locals: { project: 'books', path: { role: '${a_b.x.role}' } },
      resource: { a_b: { x: { role: 'roles/viewer', block: { name: 'n' } } } },
      it: [
        '${local.project}-${local.path.role}',
        '${a_b.x.block[0].name}',
        '${a_b.x.email}',
        '${local.none}',
      ],
    }),
  ).toEqual(['books-roles/viewer', 'n', reference('a_b.x', 'email'), reference('local.none', '')]);
});

test('a default of a variable is not its value, and a resource with instances has no single value', () => {
  expect(
    resolvedIn({
      variable: { v: { default: 'x' } },
      resource: { a_b: { x: { for_each: '${var.v}', name: 'n' } } },
      it: ['${var.v}', '${a_b.x.name}'],
    }),
  ).toEqual([reference('var.v', ''), reference('a_b.x', 'name')]);
});

test('resolves the arguments of functions and the parts of dynamic blocks', () => {
  expect(resolvedIn({ locals: { a: 'x' }, it: '${upper(local.a)}' })).toEqual({
    $kind: 'call',
    name: 'upper',
    arguments: ['x'],
  });
});

test('a cycle and values that multiply each other end', () => {
  expect(resolvedIn({ locals: { a: '${local.b}', b: '${local.a}' }, it: '${local.a}' })).toMatchObject({
    $kind: 'reference',
  });
  const names = Array.from({ length: 40 }, (_, index) => index);
  const locals = Object.fromEntries(
    names.map((index) => [`l${index}`, [`\${local.l${index + 1}}`, `\${local.l${index + 1}}`]]),
  );
  expect(resolvedIn({ locals, it: '${local.l0}' })).toBeDefined();
});

test('follows an output of another stack through its remote state', () => {
  const platform = readSynthesizedStack(
    {
      terraform: { backend: { s3: { bucket: 'state', key: 'platform' } } },
      resource: { a_b: { role: { name: 'reader' } } },
      output: { arn: { value: '${a_b.role.arn}' }, all: { value: { name: '${a_b.role.name}' } } },
    },
    { name: 'platform' },
  );
  const remote = (config: object) => ({ backend: 's3', config });
  const app = readSynthesizedStack(
    {
      data: {
        terraform_remote_state: {
          'cross-stack-reference-input-platform': remote({ bucket: 'other' }),
          byConfig: remote({ bucket: 'state', key: 'platform', region: 'eu-west-1' }),
          elsewhere: remote({ bucket: 'state', key: 'else' }),
        },
      },
    },
    { name: 'app' },
  );
  const index = new ModelIndex({ stacks: [platform, app] });
  const output = (name: string, attribute: string) =>
    index.resolve('app', reference(`data.terraform_remote_state.${name}`, attribute));
  const arn = { ...reference('a_b.role', 'arn'), stack: 'platform' };
  expect(output('cross-stack-reference-input-platform', 'outputs.arn')).toEqual(arn);
  expect(output('byConfig', 'outputs.all.name')).toBe('reader');
  expect(output('elsewhere', 'outputs.arn')).toMatchObject({
    address: 'data.terraform_remote_state.elsewhere',
  });
  expect(index.resourcesOf('app', arn)).toEqual(platform.resources);
});

const STATEMENT = { Effect: 'Allow', Action: ['s3:*'], Resource: ['*'] };
const document = (statement: object) => ({
  kind: 'parsed',
  value: { Version: '2012-10-17', Statement: [statement] },
});

function policyOf(blocks: object, more: object = {}): unknown {
  const data = { aws_iam_policy_document: { it: blocks, ...more } };
  return indexOf({ data }).document('prod', reference('data.aws_iam_policy_document.it', 'json'));
}

test('renders the policy of aws_iam_policy_document', () => {
  expect(
    policyOf({
      policy_id: 'p',
      statement: [
        {
          sid: 'Read',
          actions: ['s3:Get*'],
          resources: ['arn:aws:s3:::&{aws:username}', '${aws_s3_bucket.x.arn}/&{aws:username}'],
          not_principals: [{ type: 'AWS', identifiers: ['1'] }],
          condition: [
            { test: 'StringEquals', variable: 'a', values: ['1'] },
            { test: 'StringEquals', variable: 'a', values: ['2'] },
            { test: 'Bool', variable: 'b', values: ['true'] },
          ],
        },
        {
          effect: 'Deny',
          not_actions: ['iam:*'],
          not_resources: '*',
          principals: [
            { type: 'AWS', identifiers: ['1'] },
            { type: 'AWS', identifiers: ['2'] },
            { type: 'Service', identifiers: ['x'] },
          ],
        },
        { principals: { type: '*', identifiers: ['*'] } },
      ],
    }),
  ).toEqual({
    kind: 'parsed',
    value: {
      Version: '2012-10-17',
      Id: 'p',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Action: ['s3:Get*'],
          Resource: [
            'arn:aws:s3:::${aws:username}',
            { $kind: 'template', parts: [reference('aws_s3_bucket.x', 'arn'), '/${aws:username}'] },
          ],
          NotPrincipal: { AWS: ['1'] },
          Condition: { StringEquals: { a: ['1', '2'] }, Bool: { b: ['true'] } },
        },
        {
          Effect: 'Deny',
          NotAction: ['iam:*'],
          NotResource: ['*'],
          Principal: { AWS: ['1', '2'], Service: ['x'] },
        },
        { Effect: 'Allow', Principal: '*' },
      ],
    },
  });
});

test('includes the policies that aws_iam_policy_document names, and overrides by Sid', () => {
  const other = { statement: { sid: 'Other', actions: ['s3:*'], resources: ['*'] } };
  expect(
    policyOf(
      {
        source_policy_documents: ['${data.aws_iam_policy_document.other.json}', '${var.json}'],
        override_json: JSON.stringify({ Statement: { Sid: 'Other', Effect: 'Deny' } }),
      },
      { other },
    ),
  ).toEqual({
    kind: 'parsed',
    value: {
      Version: '2012-10-17',
      Statement: [reference('var.json', ''), { Sid: 'Other', Effect: 'Deny' }],
    },
  });
});

test('renders the policy of google_iam_policy', () => {
  const data = {
    google_iam_policy: {
      it: {
        binding: [
          { role: 'roles/viewer', members: ['group:a@example.com', '${var.member}'] },
          { role: 'roles/editor', members: [], condition: [{ title: 'c', expression: 'true' }] },
        ],
        dynamic: { binding: { for_each: '${var.more}', content: { role: 'roles/owner' } } },
        audit_config: { service: 'allServices', audit_log_configs: { log_type: 'DATA_READ' } },
      },
    },
  };
  const document = indexOf({ data }).document('prod', reference('data.google_iam_policy.it', 'policy_data'));
  expect(document).toMatchObject({
    kind: 'parsed',
    value: {
      bindings: [
        { role: 'roles/viewer', members: ['group:a@example.com', reference('var.member', '')] },
        { role: 'roles/editor', members: [], condition: { title: 'c', expression: 'true' } },
        { $kind: 'dynamic' },
      ],
      auditConfigs: [{ service: 'allServices', auditLogConfigs: [{ logType: 'DATA_READ' }] }],
    },
  });
});

test('keeps what only Terraform knows of aws_iam_policy_document', () => {
  const dynamic = { statement: { for_each: '${var.all}', content: { actions: ['s3:*'] } } };
  expect(policyOf({ dynamic })).toMatchObject(document({ $kind: 'dynamic' }));
  const block = { for_each: '${var.all}', content: {} };
  expect(
    policyOf({
      statement: { actions: ['s3:*'], resources: ['*'], dynamic: { condition: block, principals: block } },
    }),
  ).toMatchObject(
    document({ ...STATEMENT, Condition: { $kind: 'dynamic' }, Principal: { $kind: 'dynamic' } }),
  );
});

test('policies that include each other end', () => {
  const source = (name: string) => `\${data.aws_iam_policy_document.${name}.json}`;
  const both = { source_policy_documents: [source('it'), source('it'), source('it')] };
  expect(policyOf(both)).toMatchObject({ kind: 'parsed' });
});

test('resolves attributes that derive from arguments, with the project of the provider', () => {
  const account = { account_id: 'app' };
  const email = '${google_service_account.x.email}';
  const resource = { google_service_account: { x: account } };
  expect(resolvedIn({ provider: { google: [{ project: 'books' }] }, resource, it: email })).toBe(
    'app@books.iam.gserviceaccount.com',
  );
  expect(resolvedIn({ resource, it: email })).toEqual(reference('google_service_account.x', 'email'));
  const ofProject = { google_service_account: { x: { ...account, project: 'shared' } } };
  expect(resolvedIn({ provider: { google: [{ project: 'books' }] }, resource: ofProject, it: email })).toBe(
    'app@shared.iam.gserviceaccount.com',
  );
});
