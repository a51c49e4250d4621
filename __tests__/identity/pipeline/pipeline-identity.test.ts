import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket';
import type { TerraformStack } from 'cdktf';
import { reportOf } from '../../../lib/guardrails/report';
import {
  GkeOidcProvider,
  PipelineIdentity,
  PipelineSource,
  type PipelineIdentityProps,
} from '../../../lib/identity';
import { readSynthesizedStack } from '../../../lib/model/synthesized-reader';
import { resource, resources, sibling, synthesized, testStack, withAws, type Json } from '../../synth';

const account = { id: '210987654321', region: 'eu-west-1' };
const project = { id: 'my-project', number: '123456789012' };
const repository = { owner: 'acme', ownerId: '11', repository: 'shop', repositoryId: '22' };
const github = PipelineSource.github(repository);
const HOST = 'token.actions.githubusercontent.com';

/** A stack with a bucket and a role, that the pipeline of another stack applies. */
function app(props: Partial<PipelineIdentityProps>) {
  const stack = withAws(testStack('pipeline'));
  const books = withAws(sibling(stack, 'books'));
  new StorageBucket(books, 'bucket', { name: 'books', location: 'EU' });
  new IamRole(books, 'role', { name: 'loader', assumeRolePolicy: '{}' });
  const identity = new PipelineIdentity(stack, 'ci', {
    source: github,
    plan: {},
    apply: { environment: 'prod' },
    stacks: [books],
    reason: 'deploys the shop',
    account,
    project,
    ...props,
  });
  return { stack, books, identity };
}

const trusts = (stack: TerraformStack) =>
  resources(stack, 'aws_iam_role').map(({ assume_role_policy }) => {
    const { Statement } = JSON.parse(String(assume_role_policy)) as { Statement: { Condition: Json }[] };
    return Statement[0]?.Condition;
  });

const conditions = (stack: TerraformStack) =>
  resources(stack, 'google_iam_workload_identity_pool_provider').map(
    ({ attribute_condition }) => attribute_condition,
  );

describe('in AWS', () => {
  test('a pull request plans and the environment applies, each with its own role', () => {
    const { stack, identity } = app({ aws: { namePrefix: 'shop' } });
    expect(identity.planRoleArn).toBe('arn:aws:iam::210987654321:role/shop-plan');
    expect(identity.applyRoleArn).toBe('arn:aws:iam::210987654321:role/shop-apply');
    expect(identity.planProviderName).toBeUndefined();
    const common = { [`${HOST}:aud`]: 'sts.amazonaws.com', [`${HOST}:repository_id`]: '22' };
    const session = { 'sts:RoleSessionName': 'github-run-?*' };
    expect(trusts(stack)).toEqual([
      {
        StringEquals: { ...common, [`${HOST}:sub`]: 'repo:acme@11/shop@22:pull_request' },
        StringLike: session,
      },
      {
        StringEquals: {
          ...common,
          [`${HOST}:sub`]: 'repo:acme@11/shop@22:environment:prod',
          [`${HOST}:environment`]: 'prod',
        },
        StringLike: session,
      },
    ]);
    expect(resource(stack, 'aws_iam_openid_connect_provider')).toMatchObject({
      url: `https://${HOST}`,
      client_id_list: ['sts.amazonaws.com'],
    });
  });

  test('the role of plans has only actions that read', () => {
    const { stack } = app({ aws: { namePrefix: 'shop' } });
    const actions = resources(stack, 'aws_iam_policy').map(({ policy }) =>
      (JSON.parse(String(policy)) as { Statement: { Action: string[] }[] }).Statement.flatMap(
        ({ Action }) => Action,
      ),
    );
    expect(actions[0]).not.toEqual([]);
    expect(actions[0]?.filter((each) => !/^\w+:(Get|List|Describe)/.test(each))).toEqual([]);
    expect(actions[1]).toEqual(expect.arrayContaining(['iam:CreateRole', 'iam:DeleteRole']));
  });

  test('ref and workflow are conditions too, and the classic subject has names only', () => {
    const { stack } = app({
      source: PipelineSource.github({ ...repository, subjectFormat: 'classic' }),
      plan: { workflow: '.github/workflows/plan.yml' },
      apply: { ref: 'refs/heads/main', workflow: '.github/workflows/deploy.yml' },
      aws: { namePrefix: 'shop' },
    });
    expect(trusts(stack)).toMatchObject([
      {
        StringEquals: { [`${HOST}:sub`]: 'repo:acme/shop:pull_request' },
        StringLike: { [`${HOST}:job_workflow_ref`]: 'acme/shop/.github/workflows/plan.yml@*' },
      },
      {
        StringEquals: {
          [`${HOST}:sub`]: 'repo:acme/shop:ref:refs/heads/main',
          [`${HOST}:ref`]: 'refs/heads/main',
          [`${HOST}:job_workflow_ref`]: 'acme/shop/.github/workflows/deploy.yml@refs/heads/main',
        },
      },
    ]);
  });

  test('AWS tests subject and audience of GitLab', () => {
    const { stack } = app({
      source: PipelineSource.gitlab({ projectPath: 'acme/shop', projectId: '33', namespaceId: '44' }),
      apply: { ref: 'refs/heads/main', environment: 'prod' },
      aws: { namePrefix: 'shop' },
    });
    expect(trusts(stack)).toEqual([
      {
        StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com' },
        StringLike: {
          'gitlab.com:sub': 'project_path:acme/shop:ref_type:branch:ref:*',
          'sts:RoleSessionName': 'gitlab-run-?*',
        },
      },
      {
        StringEquals: {
          'gitlab.com:sub': 'project_path:acme/shop:ref_type:branch:ref:main',
          'gitlab.com:aud': 'sts.amazonaws.com',
        },
        StringLike: { 'sts:RoleSessionName': 'gitlab-run-?*' },
      },
    ]);
  });

  test('an existing OIDC provider is used, and none is created', () => {
    const stack = withAws(testStack('pipeline'));
    const oidcProvider = GkeOidcProvider.fromArn(
      stack,
      'github',
      `arn:aws:iam::210987654321:oidc-provider/${HOST}`,
    );
    new PipelineIdentity(stack, 'ci', {
      source: github,
      plan: {},
      apply: { environment: 'prod' },
      stacks: [sibling(stack, 'books')],
      reason: 'deploys the shop',
      account,
      aws: { namePrefix: 'shop', oidcProvider, maxSessionSeconds: 7_200 },
    });
    expect(resources(stack, 'aws_iam_openid_connect_provider')).toEqual([]);
    expect(resources(stack, 'aws_iam_role').map((role) => role.max_session_duration)).toEqual([7_200, 7_200]);
  });

  test('two pipelines of a stack share the OIDC provider', () => {
    const { stack, books } = app({ aws: { namePrefix: 'shop' } });
    new PipelineIdentity(stack, 'staging', {
      source: github,
      plan: { environment: 'staging-plan' },
      apply: { environment: 'staging' },
      stacks: [books],
      reason: 'deploys the shop',
      account,
      aws: { namePrefix: 'staging' },
    });
    expect(resources(stack, 'aws_iam_openid_connect_provider')).toHaveLength(1);
    expect(resources(stack, 'aws_iam_role')).toHaveLength(4);
  });
});

describe('in Google Cloud', () => {
  test('each access has a pool, a provider with numeric ids and an account with a custom role', () => {
    const { stack, identity } = app({ google: { poolPrefix: 'shop-ci' } });
    expect(identity.planServiceAccountEmail).toBe('shop-ci-plan@my-project.iam.gserviceaccount.com');
    expect(identity.applyProviderName).toBe(
      'projects/123456789012/locations/global/workloadIdentityPools/shop-ci-apply/providers/github',
    );
    expect(conditions(stack)).toEqual([
      'assertion.repository_id == "22" && assertion.repository_owner_id == "11" && assertion.event_name == "pull_request"',
      'assertion.repository_id == "22" && assertion.repository_owner_id == "11" && assertion.environment == "prod"',
    ]);
    expect(
      resources(stack, 'google_service_account_iam_member').map(({ role, member }) => [role, member]),
    ).toEqual(
      ['plan', 'apply'].map((access) => [
        'roles/iam.workloadIdentityUser',
        `principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/shop-ci-${access}/attribute.repository_id/22`,
      ]),
    );
    const [plan, apply] = resources(stack, 'google_project_iam_custom_role');
    expect(plan).toMatchObject({ role_id: 'shop_ci_plan', project: 'my-project' });
    expect(plan?.permissions).toEqual(['storage.buckets.get']);
    expect(apply?.permissions).toEqual(
      expect.arrayContaining(['storage.buckets.create', 'storage.buckets.delete', 'storage.buckets.update']),
    );
  });

  test('the subject carries the run', () => {
    const { stack } = app({ google: { poolPrefix: 'shop-ci' } });
    expect(resources(stack, 'google_iam_workload_identity_pool_provider')[0]?.attribute_mapping).toEqual({
      'google.subject': '"github:" + assertion.repository_id + ":run:" + assertion.run_id',
      'attribute.repository_id': 'assertion.repository_id',
    });
  });

  test('direct principals need no account', () => {
    const { stack, identity } = app({ google: { poolPrefix: 'shop-ci', directPrincipals: true } });
    expect(identity.planServiceAccountEmail).toBeUndefined();
    expect(resources(stack, 'google_service_account')).toEqual([]);
    expect(resources(stack, 'google_project_iam_member').map(({ member }) => member)).toEqual(
      ['plan', 'apply'].map(
        (access) =>
          `principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/shop-ci-${access}/attribute.repository_id/22`,
      ),
    );
  });

  test('Google tests project, group, ref, protection and configuration file of GitLab', () => {
    const { stack } = app({
      source: PipelineSource.gitlab({ projectPath: 'acme/shop', projectId: '33', namespaceId: '44' }),
      apply: { ref: 'refs/tags/v1', environment: 'prod', workflow: '.gitlab-ci.yml' },
      google: { poolPrefix: 'shop-ci' },
    });
    expect(conditions(stack)).toEqual([
      'assertion.project_id == "33" && assertion.namespace_id == "44" && assertion.pipeline_source == "merge_request_event"',
      'assertion.project_id == "33" && assertion.namespace_id == "44" && assertion.environment == "prod" && assertion.ref_type == "tag" && assertion.ref == "v1" && assertion.ref_protected == "true" && assertion.ci_config_ref_uri == "gitlab.com/acme/shop//.gitlab-ci.yml@refs/tags/v1"',
    ]);
  });

  test('another issuer is pinned to whole subjects', () => {
    const { stack } = app({
      source: PipelineSource.oidc({ issuer: 'https://ci.example.com/acme' }),
      plan: { subject: 'shop:plan' },
      apply: { subject: 'shop:apply' },
      google: { poolPrefix: 'shop-ci', directPrincipals: true },
      aws: { namePrefix: 'shop' },
    });
    expect(conditions(stack)).toEqual(['assertion.sub == "shop:plan"', 'assertion.sub == "shop:apply"']);
    expect(trusts(stack)[1]).toEqual({
      StringEquals: {
        'ci.example.com/acme:sub': 'shop:apply',
        'ci.example.com/acme:aud': 'sts.amazonaws.com',
      },
      StringLike: { 'sts:RoleSessionName': 'oidc-run-?*' },
    });
    expect(resources(stack, 'google_project_iam_member').map(({ member }) => member)).toEqual(
      ['plan', 'apply'].map(
        (access) =>
          `principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/shop-ci-${access}/subject/shop:${access}`,
      ),
    );
  });
});

test('guardrails find nothing', () => {
  const { stack } = app({ aws: { namePrefix: 'shop' }, google: { poolPrefix: 'shop-ci' } });
  const model = {
    stacks: [readSynthesizedStack(synthesized(stack), { name: 'pipeline', dependencies: [] })],
  };
  expect(reportOf(model).findings.map(({ id, address }) => `${id} ${address}`)).toEqual([]);
});

test('a resource that is added to a stack later fails the synth', () => {
  const { stack, books } = app({ google: { poolPrefix: 'shop-ci' } });
  new StorageBucket(books, 'later', { name: 'later', location: 'EU', project: 'other-project' });
  expect(() => synthesized(stack)).toThrow(
    'pipeline/ci: stacks must have all their resources when the pipeline identity is created (got ["books"]). Create this construct after them.',
  );
});
