import { DataAwsIamPolicyDocument } from '@cdktf/provider-aws/lib/data-aws-iam-policy-document';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { TerraformProvider, TerraformStack } from 'cdktf';
import { InlinePolicy } from '../../lib/aws/inline-policy';
import { grantToRole, type AwsRole } from '../../lib/aws/role';
import { StepFunctionsOrchestrator } from '../../lib/orchestration/state-machine/step-functions-orchestrator';
import { PassStep } from '../../lib/orchestration/state-machine/steps/pass-step';
import { synthesized, testStack, withAws } from '../synth';

/** An orchestrator whose role names this number of topics. */
function stackWith(topics: number) {
  const stack = withAws(testStack());
  new StepFunctionsOrchestrator(stack, 'nightly', {
    account: { id: '210987654321', region: 'eu-west-1' },
    definition: new PassStep('Nothing'),
    statements: [
      {
        actions: ['sns:Publish'],
        resources: Array.from(
          { length: topics },
          (_, index) => `arn:aws:sns:eu-west-1:210987654321:t${index}`,
        ),
      },
    ],
    reason: 'loads the warehouse',
  });
  return stack;
}

/** A document with this number of characters. */
const document = (characters: number) => JSON.stringify('x'.repeat(characters - 2));

const QUOTA = (role: string, characters: number) =>
  `must have at most 10240 characters in all inline policies of the role ${role} (got "${characters} characters").`;

function attach(
  stack: TerraformStack,
  id: string,
  role: string,
  policy: string,
  provider?: TerraformProvider,
) {
  return new InlinePolicy(stack, id, { name: id, role, policy, provider });
}

test('a policy below the quota of IAM is synthesized', () => {
  expect(() => synthesized(stackWith(100))).not.toThrow();
});

test('a policy above the quota of IAM is rejected at synth, with its length', () => {
  expect(() => synthesized(stackWith(400))).toThrow(
    /\[prod\] prod\/nightly: statements must have at most 10240 characters in all inline policies of the role prod-nightly-execution \(got "\d{5} characters"\)\. Name fewer resources, or divide the work between two roles\./,
  );
});

test.each([
  [10_240, false],
  [10_241, true],
])('two policies of one role with %d characters in all: rejected %s', (sum, isRejected) => {
  const stack = withAws(testStack());
  const role = new IamRole(stack, 'role', { name: 'booking', assumeRolePolicy: '{}' });
  attach(stack, 'first', role.id, document(5_000));
  // The role by its name, and a policy that the user attached without the library.
  new IamRolePolicy(stack, 'second', { role: 'booking', policy: document(sum - 5_000) });
  const synth = () => synthesized(stack);
  if (!isRejected) expect(synth).not.toThrow();
  else {
    expect(synth).toThrow(
      `prod/second: statements ${QUOTA('booking', sum)} Other policies of the role: prod/first. Name fewer resources`,
    );
  }
});

test('grants of several resources to one role add up', () => {
  const stack = withAws(testStack());
  const role: AwsRole = { name: 'booking' };
  const resources = Array.from({ length: 40 }, (_, index) => `arn:aws:s3:::bucket-of-books-${index}/*`);
  const grant = (name: string) =>
    grantToRole(role, {
      scope: stack,
      name,
      identity: name,
      statements: [{ actions: ['s3:GetObject'], resources }],
      justification: { reason: 'reads books' },
    });
  for (let index = 0; index < 6; index += 1) grant(`read-${index}`);
  expect(() => synthesized(stack)).not.toThrow();
  grant('read-6');
  expect(() => synthesized(stack)).toThrow('in all inline policies of the role booking');
});

test('roles of one name behind two providers are two roles', () => {
  const stack = withAws(testStack());
  const other = new AwsProvider(stack, 'other', { alias: 'other', region: 'us-east-1' });
  attach(stack, 'first', 'booking', document(8_000));
  attach(stack, 'second', 'booking', document(8_000), other);
  expect(() => synthesized(stack)).not.toThrow();
});

test('white space and values that Terraform computes do not count', () => {
  const stack = withAws(testStack());
  const data = new DataAwsIamPolicyDocument(stack, 'data', {});
  const role = new IamRole(stack, 'role', { namePrefix: 'booking', assumeRolePolicy: '{}' });
  attach(stack, 'first', role.name, `${document(10_200)}${' \n'.repeat(100)}`);
  attach(stack, 'second', role.name, data.json);
  attach(stack, 'third', role.name, `{"Resource":"${data.id}"}`);
  expect(() => synthesized(stack)).not.toThrow();
  attach(stack, 'fourth', role.name, document(100));
  expect(() => synthesized(stack)).toThrow(QUOTA('prod/role', 10_315));
});
