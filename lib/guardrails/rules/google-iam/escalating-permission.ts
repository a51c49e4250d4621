import { rule } from '../../rule';
import { pass } from '../../verdict';

/** Permissions with which a principal gives itself any other permission. */
const ESCALATING =
  /(\.setIamPolicy|^iam\.serviceAccounts\.(getAccessToken|signBlob|signJwt|implicitDelegation)|^iam\.serviceAccountKeys\.create|^iam\.roles\.update|^deploymentmanager\.deployments\.create)$/;

/** Custom roles that can be used to gain any access. */
export const escalatingPermission = rule(
  ['google_project_iam_custom_role', 'google_organization_iam_custom_role'],
  {
    id: 'GCP014',
    title: 'Custom role with which a principal can raise its own access',
    severity: 'error',
    why: 'With this permission a principal gives itself, or obtains as another identity, access that no role states.',
    fix: 'Remove the permission, or grant it on the one resource that needs it.',
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2'],
    check: (role) => {
      const verdicts = role.value('permissions').elements.map((permission) => {
        const verdict = permission.satisfies('not raise access', (text) => !ESCALATING.test(String(text)));
        return verdict.verdict === 'fail' ? permission.must('not raise access', permission.text) : verdict;
      });
      return verdicts.filter(({ verdict }) => verdict !== 'pass').concat(verdicts.length === 0 ? [pass] : []);
    },
    passes: [{ role_id: 'predict', title: 'Predict', permissions: ['aiplatform.endpoints.predict'] }],
    fails: [
      { role_id: 'x', title: 'X', permissions: ['storage.buckets.setIamPolicy', 'storage.objects.get'] },
      { role_id: 'x', title: 'X', permissions: ['iam.serviceAccounts.getAccessToken'] },
    ],
    unknowns: [{ role_id: 'x', title: 'X', permissions: '${var.permissions}' }],
  },
);
