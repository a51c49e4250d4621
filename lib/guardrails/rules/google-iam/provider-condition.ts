import { rule } from '../../rule';

/** Providers that accept every token of their issuer. */
export const providerCondition = rule('google_iam_workload_identity_pool_provider', {
  id: 'GCP015',
  title: 'Workload identity provider that accepts every token of its issuer',
  severity: 'error',
  why: 'Issuers such as GitHub, GitLab and a whole AWS account sign tokens for all of their users.',
  fix: 'Set attribute_condition to the ids of your repositories, or to the roles of your functions.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
  check: (provider) =>
    provider
      .value('attribute_condition')
      .satisfies('limit the accepted tokens', (text) => !/^\s*(true\s*)?$/.test(String(text ?? ''))),
  passes: [
    {
      workload_identity_pool_id: 'ci',
      workload_identity_pool_provider_id: 'github',
      attribute_condition: "assertion.repository_id == '123456'",
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      oidc: { issuer_uri: 'https://token.actions.githubusercontent.com' },
    },
  ],
  fails: [
    {
      workload_identity_pool_id: 'ci',
      workload_identity_pool_provider_id: 'github',
      attribute_mapping: { 'google.subject': 'assertion.sub' },
      oidc: { issuer_uri: 'https://token.actions.githubusercontent.com' },
    },
    {
      workload_identity_pool_id: 'aws',
      workload_identity_pool_provider_id: 'aws',
      attribute_condition: 'true',
      aws: { account_id: '123456789012' },
    },
  ],
  unknowns: [
    {
      workload_identity_pool_id: 'ci',
      workload_identity_pool_provider_id: 'x',
      attribute_condition: '${var.condition}',
      oidc: { issuer_uri: 'https://example.com' },
    },
  ],
});
