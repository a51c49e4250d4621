import type { Construct } from 'constructs';
import { ValidationError } from '../../core/errors';
import { boolean, optional, shape } from '../../core/rules';
import { problemsOf } from '../../core/validation';
import type { AwsExternalAccount } from '../../contracts/external-account';
import type { CredentialConfigurationOptions } from './aws-to-google-federation-props';
import { serviceAccountEmail } from '../../google/names';

const METADATA = 'http://169.254.169.254/latest';

const optionRules = shape<CredentialConfigurationOptions>({ instanceMetadata: optional(boolean) });

/**
 * Credential configuration for Google client libraries on AWS.
 * @param federation construct whose path is in the validation error
 * @param providerName full name of the AWS provider in its pool
 * @param email Google service account to impersonate, if any
 */
export function awsCredentialConfiguration(
  federation: Construct,
  providerName: string,
  email: string | undefined,
  options: CredentialConfigurationOptions,
): AwsExternalAccount {
  const problems = [
    ...problemsOf(optional(serviceAccountEmail), email, 'email'),
    ...problemsOf(optionRules, options, 'options'),
  ];
  if (problems.length > 0) throw new ValidationError(federation.node.path, problems);
  return {
    type: 'external_account',
    audience: `//iam.googleapis.com/${providerName}`,
    subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
    token_url: 'https://sts.googleapis.com/v1/token',
    ...(email !== undefined && {
      service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    }),
    credential_source: {
      environment_id: 'aws1',
      ...(options.instanceMetadata === true && {
        region_url: `${METADATA}/meta-data/placement/availability-zone`,
        url: `${METADATA}/meta-data/iam/security-credentials`,
        imdsv2_session_token_url: `${METADATA}/api/token`,
      }),
      regional_cred_verification_url:
        'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
    },
  };
}
