import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, Testing } from 'cdktf';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import fc from 'fast-check';
import { Access } from '../../../lib/access';
import { accessGraph } from '../../../lib/access/access-graph';
import { invariantLines } from '../../../lib/access/invariants/recorded';
import { violationsOf } from '../../../lib/access/invariants/invariant';
import { readSynthesizedStack } from '../../../lib/model';
import { run } from '../../examples/run';
import { policy } from '../graph/graph-of';
import type { Configuration } from '../../synth';

const example = run('step-functions-etl') as unknown as Record<string, Configuration>;
const [[stackName, configuration]] = Object.entries(example) as [[string, Configuration]];
const graphWith = (resources: object = {}) => {
  const resource: Record<string, object> = { ...configuration.resource };
  for (const [type, ofType] of Object.entries(resources as Record<string, object>))
    resource[type] = { ...resource[type], ...ofType };
  return accessGraph({ stacks: [readSynthesizedStack({ ...configuration, resource }, { name: stackName })] });
};

const secret = 'planted-secret';
const never = { kind: 'never', identity: 'nightly-etl', resource: secret } as const;

/** A grant on the planted secret, for a member that the state machine becomes, in one of the forms of the providers. */
const planted = fc
  .record({
    member: fc.constantFrom(
      'serviceAccount:etl-gke-jobs@etl-prod.iam.gserviceaccount.com',
      'serviceAccount:etl-prod.svc.id.goog[etl/etl]',
      'principal://iam.googleapis.com/projects/300000000001/locations/global/workloadIdentityPools/etl-prod.svc.id.goog/subject/ns/etl/sa/etl',
      'principalSet://iam.googleapis.com/projects/300000000001/locations/global/workloadIdentityPools/aws-step-functions/attribute.aws_role/arn:aws:sts::333333333333:assumed-role/etl-gke',
    ),
    role: fc.constantFrom('roles/secretmanager.secretAccessor', 'roles/secretmanager.admin', 'roles/owner'),
    form: fc.constantFrom('member', 'binding', 'policy'),
    name: fc.stringMatching(/^[a-z]{3,8}$/),
    others: fc.array(fc.constantFrom('group:a@example.com', 'user:b@example.com'), { maxLength: 2 }),
  })
  .map(({ member, role, form, name, others }) => {
    if (form === 'member') {
      return { google_secret_manager_secret_iam_member: { [name]: { secret_id: secret, role, member } } };
    }
    const members = [...others, member];
    if (form === 'binding') {
      return { google_secret_manager_secret_iam_binding: { [name]: { secret_id: secret, role, members } } };
    }
    const data = JSON.stringify({ bindings: [{ role, members }] });
    return { google_secret_manager_secret_iam_policy: { [name]: { secret_id: secret, policy_data: data } } };
  });

/** Grants on the same secret for identities that the state machine does not become, and other harmless changes. */
const harmless = fc
  .record({
    member: fc.constantFrom(
      'group:a@example.com',
      'serviceAccount:other@etl-prod.iam.gserviceaccount.com',
      'serviceAccount:etl-prod.svc.id.goog[other/x]',
    ),
    name: fc.stringMatching(/^[a-z]{3,8}$/),
    role: fc.constantFrom('roles/secretmanager.secretAccessor', 'roles/owner'),
  })
  .map(({ member, name, role }) => ({
    google_secret_manager_secret_iam_member: { [name]: { secret_id: secret, role, member } },
  }));

test('200 planted paths are found, each with the grant to remove', () => {
  fc.assert(
    fc.property(planted, (resources) => {
      const [violation = '', ...more] = violationsOf(graphWith(resources), never);
      expect(more).toEqual([]);
      expect(violation).toContain(
        'Access.never: nightly-etl must not have access on planted-secret, and it has.',
      );
      const [address = ''] = Object.entries(resources as object as Record<string, object>).flatMap(
        ([type, ofType]) => Object.keys(ofType).map((name) => `${type}.${name}`),
      );
      expect(violation.split('\n').at(-1)).toContain(`Remove this access: `);
      expect(violation.split('\n').at(-1)).toContain(address);
    }),
    { numRuns: 200 },
  );
});

test('200 harmless changes raise no alarm', () => {
  fc.assert(
    fc.property(harmless, (resources) => {
      expect(violationsOf(graphWith(resources), never)).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('only: an identity beside the named ones is a violation', () => {
  const only = {
    kind: 'only',
    identities: ['etl/etl'],
    permission: 'roles/storage.objectUser',
    resource: 'etl-prod-staging',
  } as const;
  expect(violationsOf(graphWith(), only)).toEqual([]);
  const [violation] = violationsOf(
    graphWith({
      google_storage_bucket_iam_member: {
        extra: {
          bucket: 'etl-prod-staging',
          role: 'roles/storage.objectUser',
          member: 'group:a@example.com',
        },
      },
    }),
    only,
  );
  expect(violation).toContain(
    'Access.only: group:a@example.com must not have roles/storage.objectUser on etl-prod-staging, and it has.',
  );
});

test('a misspelt name is a violation, because the invariant would hold for ever', () => {
  expect(
    violationsOf(graphWith(), { kind: 'never', identity: 'nightly-elt', resource: 'etl-prod-staging' }),
  ).toEqual([
    'Access.never: identity must be a node of the access graph (got "nightly-elt"). Did you mean "nightly-etl"?',
  ]);
});

/** The configuration that an app writes for a stack. */
function writtenBy(stack: TerraformStack): object {
  const outdir = Testing.fullSynth(stack);
  const text = readFileSync(join(outdir, 'stacks', stack.node.id, 'cdk.tf.json'), 'utf8');
  rmSync(outdir, { recursive: true });
  return JSON.parse(text) as object;
}

describe('in a stack', () => {
  const stackWith = (resource: string) => {
    const stack = new TerraformStack(Testing.app(), 'prod');
    new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
    const role = new IamRole(stack, 'role', { name: 'app', assumeRolePolicy: policy() });
    new IamRolePolicy(stack, 'policy', {
      role: role.name,
      policy: policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: resource }),
    });
    return stack;
  };

  test('a violation stops the synthesis with the path', () => {
    const stack = stackWith('arn:aws:s3:::salaries/*');
    Access.of(stack).never({ identity: 'app', permission: 's3:GetObject', resource: 's3:salaries' });
    expect(stack.node.validate()).toEqual([
      [
        'Access.never: app must not have s3:GetObject on salaries, and it has.',
        'Path 1',
        '  1. role app has s3:GetObject on resource salaries.',
        '       prod: aws_iam_role_policy.policy',
        'Remove this access: role app has s3:GetObject on resource salaries. (aws_iam_role_policy.policy)',
      ].join('\n'),
    ]);
  });

  test('an invariant that holds adds no message', () => {
    const stack = stackWith('arn:aws:s3:::books/*');
    Access.of(stack).never({ identity: 'app', permission: 's3:PutObject', resource: 's3:books' });
    expect(stack.node.validate()).toEqual([]);
  });

  test('the synthesized stack records it, and the model tells whether it holds', () => {
    const stack = stackWith('arn:aws:s3:::books/*');
    Access.of(stack)
      .never({ identity: 'app', permission: 's3:PutObject', resource: 's3:books' })
      .only({ identities: ['app'], permission: 's3:GetObject', resource: 's3:books' })
      .never({ identity: 'app', resource: 's3:books' });
    // The stack is not written, because of the violation.
    stack.node.validate = () => [];
    const model = { stacks: [readSynthesizedStack(writtenBy(stack), { name: 'prod' })] };
    expect(invariantLines(model, accessGraph(model))).toEqual([
      'Holds: app must not have s3:PutObject on s3:books.',
      'Holds: only app may have s3:GetObject on s3:books.',
      expect.stringMatching(
        /^Violated: Access\.never: app must not have access on books, and it has\.\nPath 1/,
      ),
    ]);
  });

  test('an app records it in its stacks', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'prod');
    Access.of(app).never({ identity: 'app', resource: 's3:books' });
    expect(writtenBy(stack)).toHaveProperty(
      ['//', 'invariants'],
      [{ kind: 'never', identity: 'app', resource: 's3:books' }],
    );
  });
});
