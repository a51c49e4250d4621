import { rule } from '../../rule';
import { fail, pass } from '../../verdict';

/** Providers of any version. */
export const providerVersion = rule('provider.*', {
  id: 'TFM001',
  title: 'Provider without a version',
  severity: 'warning',
  why: 'The next init installs a version that the team has not tested, and that can replace resources.',
  fix: 'Set the version of the provider in required_providers.',
  controls: ['SOC 2 CC8.1', 'ISO 27001 A.8.32'],
  check: ({ resource }) =>
    resource.provider.versionConstraint !== undefined || resource.provider.version !== undefined
      ? pass
      : fail(`required_providers states no version of ${resource.provider.name}.`),
  passes: [
    {
      provider: { google: [{ project: 'p' }] },
      terraform: { required_providers: { google: { source: 'hashicorp/google', version: '~> 6.50' } } },
    },
  ],
  fails: [
    { provider: { google: [{ project: 'p' }] } },
    {
      provider: { google: [{ project: 'p' }] },
      terraform: { required_providers: { google: { source: 'hashicorp/google' } } },
    },
  ],
});
