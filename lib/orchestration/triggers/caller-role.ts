import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { forSource, serviceTrust } from '../../aws/service-trust';
import type { WithInherited } from '../../core/inherited';
import { roleDescription } from '../../aws/names';
import type { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { addMetadataComment, justificationOf } from '../../core/justification';
import { roleArnOf } from '../../aws/account';
import { policyDocument, type AwsPolicyStatement } from '../../aws/policy-statement';
import type { TriggerProps } from './trigger-props';
import { InlinePolicy } from '../../aws/inline-policy';

/** Props of a `CallerRole`. */
export interface CallerRoleProps {
  readonly trigger: WithInherited<TriggerProps>;
  /** Service that calls, for example `scheduler.amazonaws.com`. */
  readonly service: string;
  /** Resource on whose behalf the service assumes the role; undefined if the service sends no source. */
  readonly sourceArn?: string;
  readonly statements: readonly AwsPolicyStatement[];
}

/** Role of the service that sends events to the starter. */
export class CallerRole extends Construct {
  /** ARN of the role. Known at synth. */
  public readonly arn: string;
  /** Permissions of the role, which exist before the first call of the service. */
  public readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { trigger, service, sourceArn, statements }: CallerRoleProps) {
    super(scope, id);
    const { name, orchestrator, awsProvider } = trigger;
    const roleName = `${name}-call`;
    this.arn = roleArnOf(orchestrator.account, roleName);
    const role = new IamRole(this, 'role', {
      name: roleName,
      description: roleDescription(trigger),
      assumeRolePolicy: serviceTrust(
        service,
        sourceArn === undefined ? undefined : forSource(orchestrator.account, sourceArn),
      ),
      provider: awsProvider,
    });
    addMetadataComment(role, { ...justificationOf(trigger) });
    this.policy = new InlinePolicy(this, 'policy', {
      name: 'call',
      role: role.id,
      policy: policyDocument(statements),
      provider: awsProvider,
    });
  }
}
