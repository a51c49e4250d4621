import { rule } from '../../rule';

/** OIDC providers that know no audience. */
export const oidcAudience = rule('aws_iam_openid_connect_provider', {
  id: 'AWS016',
  title: 'OIDC provider without an audience',
  severity: 'error',
  why: 'AWS rejects every token: one audience at least must be known.',
  fix: 'Set client_id_list to the audience of the tokens, for example sts.amazonaws.com.',
  check: (provider) =>
    provider
      .value('client_id_list')
      .satisfies('have an audience', (list) => Array.isArray(list) && list.length > 0),
  passes: [{ url: 'https://token.actions.githubusercontent.com', client_id_list: ['sts.amazonaws.com'] }],
  fails: [{ url: 'https://token.actions.githubusercontent.com', client_id_list: [] }],
});
