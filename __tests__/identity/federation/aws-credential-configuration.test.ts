import { AwsClient } from 'google-auth-library';
import { refusal, testStack } from '../../synth';
import { POOL, federate } from '../federation-fixtures';

describe('credentials of clients on AWS', () => {
  const email = 'bridge@my-project.iam.gserviceaccount.com';

  test('are told without a secret', () => {
    expect(federate(testStack(), { roles: ['etl'] }).credentialConfiguration(email)).toEqual({
      type: 'external_account',
      audience: `//iam.googleapis.com/${POOL}/providers/aws-210987654321`,
      subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
      token_url: 'https://sts.googleapis.com/v1/token',
      service_account_impersonation_url: `https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
      credential_source: {
        environment_id: 'aws1',
        regional_cred_verification_url:
          'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
      },
    });
  });

  test('of the role itself name no account to act as', () => {
    const federation = federate(testStack(), { roles: ['etl'], providerId: 'lambda' });
    expect(federation.credentialConfiguration()).not.toHaveProperty('service_account_impersonation_url');
    expect(federation.credentialConfiguration().audience).toMatch(/\/providers\/lambda$/);
  });

  test.each([[{}], [{ instanceMetadata: true }]])('are taken by the client of Google, with %j', (options) => {
    const configuration = federate(testStack(), { roles: ['etl'] }).credentialConfiguration(email, options);
    // It reads the configuration when it is made, and asks nobody before it needs a token.
    expect(() => new AwsClient({ ...configuration })).not.toThrow();
    expect('url' in configuration.credential_source).toBe('instanceMetadata' in options);
  });

  test('for what is no service account are refused', () => {
    const federation = federate(testStack(), { roles: ['etl'] });
    expect(refusal(() => federation.credentialConfiguration('me@example.com')).message).toMatch(
      /^prod\/aws: email must .* \(got "me@example.com"\)/,
    );
  });
});
