import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { refusal } from '../../synth';
import { account, orchestrationStack, project } from '../fixtures';

const audience = 'https://books.example.com';
const issuer = 'https://0a1b2c3d-4e5f-6789-abcd-ef0123456789.tokens.sts.global.api.aws';

function service(auth: GkeServiceTargetProps['auth'], stack = orchestrationStack()): GkeServiceTarget {
  const props = { name: 'books', account, url: audience, reason: 'requests books' };
  return new GkeServiceTarget(stack, 'books', { ...props, auth });
}

test('the caller of a target with an ID token is its Google service account', () => {
  const stack = orchestrationStack();
  const federation = new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    reason: 'lets state machines call services',
  });
  expect(service(ServiceAuth.googleIdToken({ audience, federation, project }), stack).caller).toEqual({
    kind: 'google',
    audience,
    serviceAccountEmails: ['books-gke-caller@my-project.iam.gserviceaccount.com'],
  });
});

test('the caller of a target with a token of AWS is its role', () => {
  expect(service(ServiceAuth.awsToken({ audience, issuer })).caller).toEqual({
    kind: 'aws',
    issuer,
    audience,
    roleArns: ['arn:aws:iam::210987654321:role/books-gke-caller'],
  });
});

test('the caller of a target with a token of AWS needs the issuer of the account', () => {
  const { message } = refusal(() => service(ServiceAuth.awsToken({ audience })).caller);
  expect(message).toBe(
    'prod/books: auth.issuer is required for the caller of a VerifiedEndpoint. Set it to the issuer of the AWS account: IAM shows it under outbound federation.',
  );
});

test('an issuer with a path is rejected', () => {
  expect(refusal(() => service(ServiceAuth.awsToken({ audience, issuer: `${issuer}/` }))).message).toBe(
    `prod/books: auth.issuer must be an https URL without a path, for example "https://ID.tokens.sts.global.api.aws" (got "${issuer}/"). Use "${issuer}".`,
  );
});
