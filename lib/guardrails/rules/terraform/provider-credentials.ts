import { isComputed } from '../../../model/values/value';
import { rule } from '../../rule';
import { fail, pass } from '../../verdict';

const ARGUMENTS = [
  'access_key',
  'access_token',
  'client_key',
  'credentials',
  'password',
  'secret_key',
  'token',
];

/** Credentials in the configuration of a provider. */
export const providerCredentials = rule('provider.*', {
  id: 'TFM005',
  title: 'Credentials in the configuration of a provider',
  severity: 'error',
  why: 'The credentials are in the synthesized stack, in the plan, and in every copy of them.',
  fix: 'Remove the argument: pipelines give credentials by OIDC, people by their login.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: ({ resource }) =>
    ARGUMENTS.map((name) => {
      // A reference stays one: a plan knows the token that a data source has read.
      const { [name]: value } = resource.values;
      return value === undefined || value === null || value === '' || isComputed(value)
        ? pass
        : fail(`${name} must not be a literal.`, { property: name, detail: name });
    }),
  passes: [
    {
      provider: {
        aws: [{ region: 'eu-west-1' }],
        kubernetes: [{ host: 'h', token: '${data.google_client_config.x.access_token}' }],
      },
    },
  ],
  fails: [
    { provider: { aws: [{ region: 'eu-west-1', access_key: 'AKIAEXAMPLE', secret_key: 's' }] } },
    { provider: { google: [{ project: 'p', credentials: '{}' }] } },
  ],
});
