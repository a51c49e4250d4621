import { rule } from '../../rule';
import { fail } from '../../verdict';

/** Users and keys of IAM. */
export const accessKey = rule(['aws_iam_access_key', 'aws_iam_user', 'aws_iam_user_login_profile'], {
  id: 'AWS001',
  title: 'IAM user or access key',
  severity: 'error',
  why: 'A key is valid until it is deleted, and Terraform stores it in the state in clear text.',
  fix: 'Use a role: OIDC for pipelines and pods, IAM Identity Center for people.',
  controls: ['CIS AWS 1.13', 'SOC 2 CC6.1', 'ISO 27001 A.5.17'],
  check: () => fail('The resource is a long-lived identity.'),
  passes: [{ resource: { aws_iam_role: { x: { name: 'x', assume_role_policy: '{}' } } } }],
  fails: [{ user: 'ci' }, { resource: { aws_iam_user: { x: { name: 'ci' } } } }],
});
