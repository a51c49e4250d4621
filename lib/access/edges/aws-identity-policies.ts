/** Kind of identity that can have policies. */
export type PolicyHolder = 'role' | 'user' | 'group';

/** Argument that names identities. */
export interface HolderArgument {
  readonly argument: string;
  readonly holder: PolicyHolder;
}

/** Arguments of a type that attaches managed policies. */
interface PolicyAttachment {
  /** Arguments that name the identities. */
  readonly holders: readonly HolderArgument[];
  /** Argument with the ARN, or with a list of ARNs. */
  readonly policies: string;
}

const named = (holder: PolicyHolder, argument: string = holder): HolderArgument => ({ holder, argument });

/** Types of the AWS provider 6.25.0 with a policy of one identity in `policy`, and the argument that names it. */
export const INLINE_POLICIES: Readonly<Record<string, HolderArgument>> = {
  aws_iam_group_policy: named('group'),
  aws_iam_role_policy: named('role'),
  aws_iam_user_policy: named('user'),
};

/** Types of the AWS provider 6.25.0 that attach managed policies to identities of IAM. */
export const POLICY_ATTACHMENTS: Readonly<Record<string, PolicyAttachment>> = {
  aws_iam_group_policy_attachment: { holders: [named('group')], policies: 'policy_arn' },
  aws_iam_group_policy_attachments_exclusive: {
    holders: [named('group', 'group_name')],
    policies: 'policy_arns',
  },
  aws_iam_policy_attachment: {
    holders: [named('role', 'roles'), named('user', 'users'), named('group', 'groups')],
    policies: 'policy_arn',
  },
  aws_iam_role_policy_attachment: { holders: [named('role')], policies: 'policy_arn' },
  aws_iam_role_policy_attachments_exclusive: {
    holders: [named('role', 'role_name')],
    policies: 'policy_arns',
  },
  aws_iam_user_policy_attachment: { holders: [named('user')], policies: 'policy_arn' },
  aws_iam_user_policy_attachments_exclusive: {
    holders: [named('user', 'user_name')],
    policies: 'policy_arns',
  },
};
