import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { catalogue, rule } from '../../lib/guardrails';
import { guardrailMatchers, ruleProblems } from '../../lib/testing';
import { policy } from '../access/graph/graph-of';

expect.extend(guardrailMatchers);

function stackWith(principal: object | string): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'prod');
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
  const role = new IamRole(stack, 'role', {
    name: 'app',
    assumeRolePolicy: policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }),
  });
  new IamRolePolicy(stack, 'policy', {
    role: role.name,
    policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::books/*' }),
  });
  return stack;
}
const good = stackWith({ Service: 'lambda.amazonaws.com' });
const bad = stackWith('*');
const trust = catalogue.filter(({ id }) => id.startsWith('AWS'));

test('toHaveNoFindings', () => {
  expect(good).toHaveNoFindings({ rules: trust });
  expect(bad).not.toHaveNoFindings({ rules: trust });
  expect(() => expect(bad).toHaveNoFindings({ rules: trust })).toThrow(/aws_iam_role\.role/);
  expect(() => expect(good).not.toHaveNoFindings({ rules: trust })).toThrow('they have none');
});

test('toHaveFinding', () => {
  const [, id = ''] =
    /(AWS\d+)/.exec(guardrailMatchers.toHaveNoFindings(bad, { rules: trust }).message()) ?? [];
  expect(bad).toHaveFinding(id, { rules: trust });
  expect(good).not.toHaveFinding(id, { rules: trust });
  expect(() => expect(good).toHaveFinding(id, { rules: trust })).toThrow(
    `must have the finding ${id} (got no finding)`,
  );
});

test('toAllow', () => {
  const access = { identity: 'app', permission: 's3:GetObject', resource: 'books' };
  expect(good).toAllow(access);
  expect(good).toAllow({ identity: 'lambda.amazonaws.com', resource: 'books' });
  expect(good).not.toAllow({ ...access, permission: 's3:PutObject' });
  expect(() => expect(good).not.toAllow(access)).toThrow('role app has s3:GetObject on resource books.');
  expect(() => expect(good).toAllow({ ...access, permission: 's3:PutObject' })).toThrow(
    'app must have s3:PutObject on books, and no path leads to it.',
  );
});

test('a misspelt name and a value that is no stack fail in both directions', () => {
  expect(() => expect(good).not.toAllow({ identity: 'aap', resource: 'books' })).toThrow(
    'identity must be a node of the access graph (got "aap"). Did you mean "app"?',
  );
  expect(() => expect({}).toHaveNoFindings()).toThrow('The received value must be an app or a stack.');
});

test('ruleProblems names each example with another verdict', () => {
  for (const each of trust) expect(ruleProblems(each)).toEqual([]);
  const [first] = trust;
  const turned = { ...first!, passes: first!.fails, fails: first!.passes };
  expect(ruleProblems(turned)).toHaveLength(first!.fails.length + first!.passes.length);
  expect(ruleProblems(turned)[0]).toMatch(/^AWS\d+: passes\[0\] must pass \(got .*fail/);
  expect(typeof rule).toBe('function');
});
