import { TerraformVariable, type TerraformStack } from 'cdktf';
import * as fc from 'fast-check';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { FederatedAwsRole } from '../../../lib/identity/federation/federated-aws-role';
import {
  addresses,
  byAddress,
  problems,
  refusal,
  resource,
  resources,
  synthesized,
  testStack,
} from '../../synth';
import { account, condition, federate, isRole, memberOf, project } from '../federation-fixtures';

describe('a federation', () => {
  test('of one role is a pool and a provider that lets in this role of this account', () => {
    const stack = testStack();
    federate(stack, { roles: ['etl'], owner: 'data', ticket: 'DATA-7' });
    expect(byAddress(stack)).toMatchInlineSnapshot(`
     {
       "google_iam_workload_identity_pool.aws_pool_FC01BE09": {
         "//": {
           "owner": "data",
           "reason": "jobs on AWS use Google Cloud",
           "ticket": "DATA-7",
         },
         "description": "jobs on AWS use Google Cloud (owner: data, ticket: DATA-7)",
         "display_name": "aws-jobs",
         "project": "my-project",
         "workload_identity_pool_id": "aws-jobs",
       },
       "google_iam_workload_identity_pool_provider.aws_provider_DBD3160E": {
         "//": {
           "owner": "data",
           "reason": "jobs on AWS use Google Cloud",
           "ticket": "DATA-7",
         },
         "attribute_condition": "attribute.aws_role == "arn:aws:sts::210987654321:assumed-role/etl"",
         "attribute_mapping": {
           "attribute.aws_role": "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
           "google.subject": "assertion.arn.extract('assumed-role/{role_and_session}')",
         },
         "aws": {
           "account_id": "210987654321",
         },
         "depends_on": [
           "google_iam_workload_identity_pool.aws_pool_FC01BE09",
         ],
         "description": "jobs on AWS use Google Cloud (owner: data, ticket: DATA-7)",
         "display_name": "aws-210987654321",
         "project": "my-project",
         "workload_identity_pool_id": "aws-jobs",
         "workload_identity_pool_provider_id": "aws-210987654321",
       },
     }
    `);
  });

  test('names its roles once each, sorted, whatever the order they came in', () => {
    const stack = testStack();
    const federation = federate(stack, { roles: ['etl', 'api'] });
    federation.allowRole('etl');
    federation.allowRole('batch');
    expect(condition(stack)).toBe([isRole('api'), isRole('batch'), isRole('etl')].join(' || '));
  });

  test('that lets nobody in is an error, since no condition would let everybody in', () => {
    const stack = testStack();
    federate(stack);
    expect(() => synthesized(stack)).toThrow(
      'prod/aws: roles is required because without a condition every role of the account 210987654321 can exchange a token. Set roles, or add a FederatedAwsRole.',
    );
  });

  test('of more roles than a condition has room for is an error that says how many it has', () => {
    const stack = testStack();
    const names = Array.from({ length: 60 }, (_, index) => `role-${index}`);
    federate(stack, { roles: names });
    expect(() => synthesized(stack)).toThrow(
      /prod\/aws: roles must keep the condition within 4096 characters \(got \d+ for 60 roles\)\. Share a role/,
    );
  });

  test('has no key and no secret', () => {
    const stack = testStack();
    federate(stack, { roles: ['etl'] });
    expect(addresses(synthesized(stack)).filter((address) => /key|secret/.test(address))).toEqual([]);
  });

  test.each([
    [
      { project: { id: 'my-project' } },
      'project.number',
      /project\.number is required because .*Set project to \{ id, number \}/,
    ],
    [
      { account: { ...account, id: '2109-8765-4321' } },
      'account.id',
      /must have 12 digits \(got .*\)\. Use "210987654321"/,
    ],
    [{ account: { ...account, region: 'us-east-1a' } }, 'account.region', /a zone; use "us-east-1"/],
    [
      { account: { ...account, region: 'cn-north-1' } },
      'account.partition',
      /must be an account of the partition "aws", the only one that Google's AWS provider accepts \(got "aws-cn"\)/,
    ],
    [
      { account: { ...account, region: 'cn-north-1', partition: 'aws' as const } },
      'account',
      /must have a region of its partition .*Set partition "aws-cn"/,
    ],
    [
      { account: { id: account.id, region: 'cn-north-1', partition: 'aws-cn' as const } },
      'account.partition',
      /must be an account of the partition "aws"/,
    ],
    [{ poolId: 'aws' }, 'poolId', /4 to 32/],
    [{ poolId: 'gcp-aws' }, 'poolId', /must have 4 to 32 .*which Google reserves/],
    [{ poolId: 'AWS_Jobs' }, 'poolId', /Use "aws-jobs"/],
    [{ poolId: 'a'.repeat(33) }, 'poolId', /4 to 32/],
    [{ providerId: 'aws' }, 'providerId', /4 to 32/],
    [{ roles: ['arn:aws:iam::210987654321:role/jobs/etl'] }, 'roles[0]', /Use "etl"/],
    [{ roles: ['*'] }, 'roles[0]', /1 to 64 letters/],
    [{ roles: ['etl" || true || "'] }, 'roles[0]', /1 to 64 letters/],
    [{ roles: ['r'.repeat(63)] }, 'roles[0]', /at most 62 characters: google\.subject is ROLE\/SESSION/],
    [{ reason: ' ' }, 'reason', /visible character/],
  ])('with %j is refused at %s', (props, property, message) => {
    const stack = testStack();
    const { message: text, problems: found } = refusal(() => federate(stack, { roles: ['etl'], ...props }));
    expect(found.map((problem) => problem.property)).toEqual([property]);
    expect(text).toMatch(message);
    expect(stack.node.tryFindChild('aws')).toBeUndefined();
  });

  test('with several problems names all of them', () => {
    const props = { poolId: 'X', project: { id: 'my-project' }, roles: ['a b', 'etl', 'x'.repeat(63)] };
    expect(Object.keys(problems(() => federate(testStack(), props)))).toEqual([
      'poolId',
      'roles[0]',
      'roles[2]',
      'project.number',
    ]);
  });

  test('refuses roles whose names Terraform will know, since their length is not known', () => {
    const stack = testStack();
    const roles = [new TerraformVariable(stack, 'role', {}).stringValue];
    expect(problems(() => federate(stack, { roles }))).toHaveProperty(['roles[0]', 'value'], 'a token');
  });

  test('refuses a wrong role that is let in later, and stays as it was', () => {
    const stack = testStack();
    const federation = federate(stack, { roles: ['etl'] });
    expect(refusal(() => federation.allowRole('a/b c')).message).toMatch(
      /^prod\/aws: roleName must .* \(got "a\/b c"\)/,
    );
    expect(condition(stack)).toBe(isRole('etl'));
  });
});

describe('what comes in', () => {
  /** https://cloud.google.com/iam/docs/conditions-attribute-reference#extract */
  function extract(text: string, template: string): string {
    const [, prefix = '', suffix = ''] = /^([^{]*)\{[^}]*\}(.*)$/.exec(template)!;
    const start = text.indexOf(prefix);
    if (start < 0) return '';
    const rest = text.slice(start + prefix.length);
    if (suffix === '') return rest;
    return rest.includes(suffix) ? rest.slice(0, rest.indexOf(suffix)) : '';
  }
  const mapping = () => {
    const stack = testStack();
    federate(stack, { roles: ['etl'] });
    return resource(stack, 'google_iam_workload_identity_pool_provider')
      .attribute_mapping as unknown as Record<string, string>;
  };
  const templateOf = (expression: string) => /^assertion\.arn\.extract\('([^']+)'\)$/.exec(expression)![1]!;
  const roleOf = (arn: string) =>
    arn.includes('assumed-role')
      ? `${extract(arn, '{account_arn}assumed-role/')}assumed-role/${extract(arn, 'assumed-role/{role_name}/')}`
      : arn;
  const name = (max: number, min = 1) =>
    fc.string({ unit: fc.constantFrom(...'abzAZ09_+=,.@-'), minLength: min, maxLength: max });

  test('has a subject within what Google takes, whatever role and session', () => {
    const template = templateOf(mapping()['google.subject']!);
    fc.assert(
      fc.property(name(64), name(64, 2), (role, session) => {
        const subject = extract(`arn:aws:sts::210987654321:assumed-role/${role}/${session}`, template);
        expect(subject).toBe(`${role}/${session}`);
        const stack = testStack();
        if (role.length > 62) {
          expect(() => federate(stack, { roles: [role] })).toThrow(/at most 62 characters/);
        } else {
          federate(stack, { roles: [role] });
          expect(Buffer.byteLength(subject)).toBeLessThanOrEqual(127);
        }
      }),
    );
  });

  test('is mapped to the role as Google does by default', () => {
    expect(mapping()['attribute.aws_role']).toBe(
      "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
    );
  });

  test.each([
    ['arn:aws:sts::210987654321:assumed-role/etl/session', true],
    ['arn:aws:sts::210987654321:assumed-role/etl2/session', false],
    ['arn:aws:sts::210987654321:assumed-role/etl2/etl', false],
    ['arn:aws:sts::210987654321:assumed-role/assumed-role/etl', false],
    ['arn:aws:sts::999999999999:assumed-role/etl/session', false],
    ['arn:aws:iam::210987654321:user/assumed-role/etl/mallory', false],
    ['arn:aws:iam::210987654321:user/etl', false],
    ['arn:aws:iam::210987654321:root', false],
  ])('%s is let in: %s', (arn, expected) => {
    expect(isRole('etl') === `attribute.aws_role == "${roleOf(arn)}"`).toBe(expected);
  });
});

describe('a federation that is managed elsewhere', () => {
  const imported = (stack: TerraformStack) =>
    AwsToGoogleFederation.fromAttributes(stack, 'aws', { project, account, poolId: 'aws-jobs' });

  test('makes nothing, and its roles can be granted something', () => {
    const stack = testStack();
    const role = new FederatedAwsRole(stack, 'etl', {
      federation: imported(stack),
      roleName: 'etl',
      reason: 'loads',
    });
    role.grants.bucketReader({ name: 'covers' });
    expect(Object.keys(synthesized(stack).resource!)).toEqual(['google_storage_bucket_iam_member']);
    expect(resources(stack, 'google_storage_bucket_iam_member')[0]).toMatchObject({
      member: memberOf('etl'),
    });
  });

  test('is judged by the same rules', () => {
    const stack = testStack();
    expect(
      Object.keys(
        problems(() =>
          AwsToGoogleFederation.fromAttributes(stack, 'aws', {
            project: { id: 'my-project' },
            account,
            poolId: 'gcp-x',
          }),
        ),
      ),
    ).toEqual(['poolId', 'project.number']);
    expect(() => imported(stack).allowRole('r'.repeat(63))).toThrow(/at most 62 characters/);
  });
});
