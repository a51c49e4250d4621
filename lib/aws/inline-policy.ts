import { IamRolePolicy, type IamRolePolicyConfig } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { Construct, IConstruct } from 'constructs';
import { ValidationError } from '../core/errors';

/**
 * Characters of all inline policies of a role, without white space.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LONGEST_POLICY = 10_240;

/** Problems of a policy that exceeds the quota of IAM, as messages of a validation at synth. */
export function policySizeProblems(role: IConstruct, document: string): string[] {
  if (document.length <= LONGEST_POLICY) return [];
  const rule = `have at most ${LONGEST_POLICY} characters in the policy of the role`;
  const fix = 'Name fewer resources, or divide the work between two roles.';
  const problem = { property: 'statements', value: `${document.length} characters`, rule, fix };
  return [new ValidationError(role.node.path, [problem]).message];
}

/** An inline policy of a role. The synthesis rejects a policy that IAM rejects for its length. */
export class InlinePolicy extends IamRolePolicy {
  constructor(scope: Construct, id: string, config: IamRolePolicyConfig & { readonly policy: string }) {
    super(scope, id, config);
    this.node.addValidation({ validate: () => policySizeProblems(scope, config.policy) });
  }
}
