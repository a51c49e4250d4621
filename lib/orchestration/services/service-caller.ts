import type { Construct } from 'constructs';
import { refuse } from '../../core/validation';
import { EndpointCallers } from '../../identity/federation/endpoint-callers';
import type { WholeAwsTokenAuth, WholeGoogleIdTokenAuth } from './service-auth';

/** Entry of `VerifiedEndpoint.callers` for a target with an ID token of Google. */
export function googleCaller({ audience }: WholeGoogleIdTokenAuth, email: string): EndpointCallers {
  return EndpointCallers.google({ audience, serviceAccountEmails: [email] });
}

/** Entry of `VerifiedEndpoint.callers` for a target with a token of AWS. Each AWS account has its own issuer. */
export function awsCaller(
  target: Construct,
  { audience, issuer }: WholeAwsTokenAuth,
  roleArn: string,
): EndpointCallers {
  if (issuer !== undefined) return EndpointCallers.aws({ issuer, audience, roleArns: [roleArn] });
  const rule = 'be set for the caller of a VerifiedEndpoint';
  const fix = 'Set it to the issuer of the AWS account: IAM shows it under outbound federation.';
  return refuse(target, { property: 'auth.issuer', value: issuer, rule, fix });
}
