import { FleetWorkloadPool } from '../../../lib/identity/google/fleet-workload-pool';
import { refusal, resource, testStack } from '../../synth';
import { ACCOUNT, IMPERSONATION, bind } from '../binding-fixtures';

describe('the pool of a fleet', () => {
  test('is that of its host project, and nothing is waited for', () => {
    const stack = testStack();
    const cluster = new FleetWorkloadPool({ id: 'fleet-project', number: '99' });
    const binding = bind(stack, { cluster, googleServiceAccount: { accountId: 'books-reader' } });
    expect(resource(stack, IMPERSONATION).member).toBe(
      'serviceAccount:fleet-project.svc.id.goog[books/reader]',
    );
    expect(resource(stack, ACCOUNT)).not.toHaveProperty('depends_on');
    expect(binding.email).toBe('books-reader@fleet-project.iam.gserviceaccount.com');
  });

  test('has direct principals by the number of its host project', () => {
    const cluster = new FleetWorkloadPool({ id: 'fleet-project', number: '99' });
    expect(bind(testStack(), { cluster }).member).toBe(
      'principal://iam.googleapis.com/projects/99/locations/global/workloadIdentityPools/fleet-project.svc.id.goog/subject/ns/books/sa/reader',
    );
  });

  test('of a project that cannot be is refused', () => {
    expect(refusal(() => new FleetWorkloadPool({ id: '123456789012' })).message).toBe(
      'FleetWorkloadPool: workloadPoolProject.id must be a project id: 6 to 30 lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen (got "123456789012"). This is a project number; set the project id.',
    );
  });

  test.each([
    [undefined, {}],
    [
      'books@my-project.iam.gserviceaccount.com',
      {
        service_account_impersonation_url:
          'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/books@my-project.iam.gserviceaccount.com:generateAccessToken',
      },
    ],
  ])(
    'gives pods elsewhere a credential file without a secret, for the account %s',
    (email, impersonation) => {
      const pool = new FleetWorkloadPool({ id: 'fleet-project' });
      const identityProvider = 'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c';
      expect(JSON.parse(pool.credentialConfiguration({ identityProvider, email }))).toEqual({
        type: 'external_account',
        audience: `identitynamespace:fleet-project.svc.id.goog:${identityProvider}`,
        ...impersonation,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: 'https://sts.googleapis.com/v1/token',
        credential_source: { file: '/var/run/secrets/tokens/gcp-ksa/token' },
      });
    },
  );
});
