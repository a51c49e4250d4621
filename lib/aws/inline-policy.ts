import { IamRolePolicy, type IamRolePolicyConfig } from '@cdktf/provider-aws/lib/iam-role-policy';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { oncePer } from '../core/registry';
import { policyQuotaProblems } from './policy-quota';

/** An inline policy of a role. The synthesis rejects policies that IAM rejects for their length. */
export class InlinePolicy extends IamRolePolicy {
  constructor(scope: Construct, id: string, config: IamRolePolicyConfig) {
    super(scope, id, config);
    const stack = TerraformStack.of(this);
    oncePer(stack, 'quota of inline policies', () =>
      stack.node.addValidation({ validate: () => policyQuotaProblems(stack) }),
    );
  }
}
