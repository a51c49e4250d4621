import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { forSource, serviceTrust } from '../../aws/service-trust';
import type { WithInherited } from '../../core/inherited';
import { roleDescription } from '../../aws/names';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import { addMetadataComment, justificationOf } from '../../core/justification';
import { roleArnOf } from '../../aws/account';
import { policyDocument, type AwsPolicyStatement } from '../../aws/policy-statement';
import type { TriggerProps } from './trigger-props';

/** Props of a `CallerRole`. */
export interface CallerRoleProps {
  readonly trigger: WithInherited<TriggerProps>;
  /** Service that calls, for example `scheduler.amazonaws.com`. */
  readonly service: string;
  /** On behalf of what the service may act; undefined where it does not say. */
  readonly sourceArn?: string;
  readonly statements: readonly AwsPolicyStatement[];
}

/** The role by which a service hands an event over. */
export class CallerRole extends Construct {
  /** Known at synth. */
  public readonly arn: string;
  /** What has to be there before the service may try. */
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
    this.policy = new IamRolePolicy(this, 'policy', {
      name: 'call',
      role: role.id,
      policy: policyDocument(statements),
      provider: awsProvider,
    });
  }
}
