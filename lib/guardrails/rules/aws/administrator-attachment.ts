import { rule } from '../../rule';
import { all } from '../../verdict';

const POLICIES = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** Attachments of policies that allow everything. */
export const administratorAttachment = rule(
  [
    'aws_iam_role_policy_attachment',
    'aws_iam_policy_attachment',
    'aws_iam_user_policy_attachment',
    'aws_iam_group_policy_attachment',
  ],
  {
    id: 'AWS007',
    title: 'Administrator policy',
    severity: 'error',
    why: 'Each principal that assumes the role administers the account.',
    fix: 'Attach a policy with the actions and resources that are needed.',
    controls: ['CIS AWS 1.16', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
    check: (attachment) =>
      all(
        attachment
          .value('policy_arn')
          .satisfies('not be an administrator policy', (arn) => !POLICIES.test(String(arn))),
      ),
    passes: [{ role: 'x', policy_arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }],
    fails: [{ role: 'x', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }],
    unknowns: [{ role: 'x', policy_arn: '${aws_iam_policy.x.arn}' }],
  },
);
