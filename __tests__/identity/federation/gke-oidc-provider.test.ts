import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { GkeOidcProvider } from '../../../lib/identity/federation/gke-oidc-provider';
import {
  problems,
  refusal,
  resource,
  resources,
  sibling,
  synthesized,
  testStack,
  withAws,
  written,
} from '../../synth';
import { ISSUER, PROVIDER_ARN, account, awsStack, bind, cluster } from '../aws-role-fixtures';

describe('the OIDC provider', () => {
  test('is one for all roles of a stack, without a thumbprint', () => {
    const stack = awsStack();
    const roles = ['a', 'b'].map((name) => bind(stack, { roleName: name }, name));
    expect(resource(stack, 'aws_iam_openid_connect_provider')).toEqual({
      '//': { reason: 'roles that trust pods of the cluster share it' },
      client_id_list: ['sts.amazonaws.com'],
      url: `https://${ISSUER}`,
    });
    expect(roles.map(({ oidcProvider }) => oidcProvider.arn)).toEqual([PROVIDER_ARN, PROVIDER_ARN]);
    expect(resources(stack, 'aws_iam_role').map((role) => role.depends_on)).toEqual(
      Array(2).fill([expect.stringMatching(/^aws_iam_openid_connect_provider\./)]),
    );
  });

  test('that the stack makes itself is found', () => {
    const stack = awsStack();
    const made = new GkeOidcProvider(stack, 'oidc', { cluster: cluster(stack), account, reason: 'jobs' });
    expect(bind(stack).oidcProvider).toBe(made);
    expect(resources(stack, 'aws_iam_openid_connect_provider')).toHaveLength(1);
  });

  test('is another one for another account', () => {
    const stack = awsStack();
    const awsProvider = new AwsProvider(stack, 'other', { region: 'us-east-1', alias: 'other' });
    bind(stack);
    bind(stack, { account: { ...account, id: '111111111111' }, awsProvider }, 'other-reader');
    expect(resources(stack, 'aws_iam_openid_connect_provider').map((each) => each.provider)).toEqual(
      expect.arrayContaining([undefined, 'aws.other']),
    );
  });

  test('of another stack is passed, and its stack is applied first', () => {
    const shared = awsStack('shared');
    const jobs = withAws(sibling(shared, 'jobs'));
    const oidcProvider = new GkeOidcProvider(shared, 'oidc', {
      cluster: cluster(shared),
      account,
      reason: 'jobs',
    });
    expect(refusal(() => bind(jobs)).message).toBe(
      'jobs/aws-reader: oidcProvider is required. Pass the existing one as oidcProvider.',
    );
    bind(jobs, { oidcProvider });
    const { manifest, text } = written(shared);
    expect(manifest.stacks.jobs!.dependencies).toEqual(['shared']);
    expect(text).not.toContain('terraform_remote_state');
  });

  test('is refused a second time', () => {
    const stack = awsStack();
    bind(stack);
    expect(
      refusal(() => new GkeOidcProvider(stack, 'oidc', { cluster: cluster(stack), account, reason: 'x' }))
        .message,
    ).toMatch(/has no OIDC provider in the account yet: prod\/gke-oidc-providers\/\w+ creates it/);
  });

  test('that exists is not made', () => {
    const stack = awsStack();
    bind(stack, { oidcProvider: GkeOidcProvider.fromArn(stack, 'oidc', PROVIDER_ARN) });
    expect(Object.keys(synthesized(stack).resource!)).toEqual(['aws_iam_role']);
  });

  test('of another cluster or account is refused', () => {
    const stack = awsStack();
    const arn = PROVIDER_ARN.replace('main', 'other');
    const oidcProvider = GkeOidcProvider.fromArn(stack, 'oidc', arn);
    expect(problems(() => bind(stack, { oidcProvider })).oidcProvider).toMatchObject({
      value: arn,
      rule: `be the provider of this cluster in this account (${PROVIDER_ARN})`,
    });
  });

  test.each(['oidc', 'arn:aws:iam::210987654321:role/x', ''])('by %j is refused', (arn) => {
    expect(problems(() => GkeOidcProvider.fromArn(testStack(), 'oidc', arn))).toHaveProperty('arn');
  });
});
