import { POLICY_ATTACHMENTS } from '../../../access/edges/aws-identity-policies';
import { isComputedCopy } from '../../../model/computed';
import { rule } from '../../rule';
import { all } from '../../verdict';
import { roleTrusting } from './policy';

const POLICIES = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** Arguments with ARNs of managed policies by resource type. */
const ARNS: Readonly<Record<string, string>> = {
  aws_iam_role: 'managed_policy_arns',
  ...Object.fromEntries(Object.entries(POLICY_ATTACHMENTS).map(([type, { policies }]) => [type, policies])),
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
};

const attaching = (policy: string) => ({
  resource: { aws_iam_role_policy_attachment: { x: { role: 'x', policy_arn: policy } } },
});

/** Attachments of policies that allow everything. */
export const administratorAttachment = rule(Object.keys(ARNS), {
  id: 'AWS007',
  title: 'Administrator policy',
  severity: 'error',
  why: 'Each principal that assumes the role administers the account.',
  fix: 'Attach a policy with the actions and resources that are needed.',
  controls: ['CIS AWS 1.16', 'SOC 2 CC6.3', 'ISO 27001 A.8.2'],
  check: (attachment) => {
    const argument = ARNS[attachment.type] ?? 'policy_arn';
    if (isComputedCopy(attachment.resource, argument)) return [];
    return all(
      ...attachment
        .value(argument)
        .elements.map((each) =>
          each.satisfies('not be an administrator policy', (arn) => !POLICIES.test(String(arn))),
        ),
    );
  },
  passes: [
    {
      ...roleTrusting({}),
      managed_policy_arns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  ],
  fails: [
    { ...roleTrusting({}), managed_policy_arns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    attaching('arn:aws:iam::aws:policy/IAMFullAccess'),
  ],
  unknowns: [attaching('${aws_iam_policy.x.arn}')],
});
