import { rule } from '../../rule';

/** Names of service accounts. */
export const accountId = rule('google_service_account', {
  id: 'GCP012',
  title: 'Invalid name of a service account',
  severity: 'error',
  why: 'The apply fails after the resources before it are changed.',
  fix: 'Use 6 to 30 characters of a-z, 0-9 and "-", a letter first and no "-" at the end.',
  check: (account) =>
    account
      .value('account_id')
      .matches(
        /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
        'have 6 to 30 characters of a-z, 0-9 and "-", a letter first',
      ),
  passes: [{ account_id: 'fastapi-books' }],
  fails: [{ account_id: 'api' }, { account_id: 'Books-Api' }, { account_id: `a${'b'.repeat(30)}` }],
  unknowns: [{ account_id: '${var.name}-api' }],
});
