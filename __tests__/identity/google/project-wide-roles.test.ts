import { tooWideForProject } from '../../../lib/identity/google/project-wide-roles';
import { problems, resource } from '../../synth';
import { identity, project, stackOf } from '../grant-fixtures';

describe('roles on a whole project', () => {
  test.each([
    ['roles/owner', /not be a basic role/],
    ['roles/editor', /not be a basic role/],
    ['roles/viewer', /not be a basic role/],
    ['roles/iam.serviceAccountUser', /can impersonate every service account/],
    ['roles/iam.serviceAccountTokenCreator', /can impersonate every service account/],
    ['roles/iam.serviceAccountOpenIdTokenCreator', /can impersonate every service account/],
    ['roles/iam.workloadIdentityUser', /can impersonate every service account/],
    ['roles/secretmanager.secretAccessor', /every present and future secret/],
    ['roles/secretmanager.viewer', /every present and future secret/],
    ['roles/storage.objectViewer', /every present and future bucket/],
    ['roles/storage.admin', /every present and future bucket/],
    ['roles/artifactregistry.reader', /every present and future repository/],
    ['roles/aiplatform.user', /hundreds of permissions/],
    ['roles/aiplatform.admin', /hundreds of permissions/],
    ['roles/container.developer', /without Kubernetes RBAC/],
    ['roles/container.clusterAdmin', /without Kubernetes RBAC/],
    ['roles/resourcemanager.projectIamAdmin', /administrator/],
    ['roles/iam.serviceAccountKeyAdmin', /administrator/],
    ['roles/cloudkms.admin', /administrator/],
  ])('%s is refused unless acknowledged', (role, rule) => {
    const account = identity();
    const refused = problems(() => account.grants.projectRole(project, role)).role!;
    expect(refused).toMatchObject({ value: role, rule: expect.stringMatching(rule) });
    expect(refused.fix).toMatch(
      /^Grant .*\. To keep it project-wide, set acknowledge\.projectWide to the reason\.$/,
    );

    account.grants.projectRole(project, role, { acknowledge: { projectWide: 'the guide asks for it' } });
    expect(resource(stackOf(account), 'google_project_iam_member')).toMatchObject({
      '//': { reason: 'reads the catalogue', acknowledged: { projectWide: 'the guide asks for it' } },
      role,
    });
  });

  test.each([
    'roles/logging.logWriter',
    'roles/monitoring.metricWriter',
    'roles/container.defaultNodeServiceAccount',
    'roles/container.clusterViewer',
    'roles/aiplatform.featurestoreDataViewer',
    'roles/browser',
    'projects/my-project/roles/predict',
    'organizations/123/roles/storage.reader',
  ])('%s is granted without further words', (role) => {
    const account = identity();
    account.grants.projectRole(project, role);
    expect(resource(stackOf(account), 'google_project_iam_member').role).toBe(role);
  });

  test.each([
    ['roles/compute.instanceAdmin.v1'],
    ['roles/reader'],
    ['roles/writer'],
    ['roles/aiplatform.serviceAgent'],
  ])('%s is refused too', (role) => {
    expect(tooWideForProject(role)).toBeDefined();
  });
});
