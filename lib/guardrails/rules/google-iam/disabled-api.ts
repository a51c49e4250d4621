import { majorOf } from '../../provider-version';
import { rule } from '../../rule';

/** APIs that a destroy disables. */
export const disabledApi = rule('google_project_service', {
  id: 'GCP013',
  title: 'API that a destroy disables for the whole project',
  severity: 'warning',
  why: 'Other stacks and teams of the project lose the API, and some services delete their data with it.',
  fix: 'Set disable_on_destroy to false.',
  controls: ['SOC 2 A1.2'],
  check: (service) => {
    const disables = service.value('disable_on_destroy');
    if (disables.isPresent) return disables.is(false);
    // The default is true until version 6 of the provider: https://github.com/hashicorp/terraform-provider-google
    const major = majorOf(service.resource.provider);
    if (major === undefined) return disables.must('be false; older providers disable the API');
    return disables.or(major < 7).is(false);
  },
  passes: [{ service: 'aiplatform.googleapis.com', disable_on_destroy: false }],
  fails: [
    { service: 'aiplatform.googleapis.com', disable_on_destroy: true },
    { service: 'aiplatform.googleapis.com' },
  ],
});
