import { TerraformStack, type TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { justificationRules, type JustificationProps } from '../../core/justification';
import type { AwaitedResource } from '../../core/ordering';
import { oncePer } from '../../core/registry';
import { type Report } from '../../core/rules';
import { validate } from '../../core/validation';
import { assumedRoleArnOf } from '../../aws/account';
import type { IAwsToGoogleFederation } from './aws-to-google-federation-props';
import { federatedRoleName, federation as federationRule } from './aws-to-google-federation-rules';
import type { IGoogleServiceAccount } from '../google/google-service-account';
import type { GrantOptions } from '../google/grant-options';
import { GoogleGrants } from '../google/grants';
import { federatedRolePrincipalSet } from '../google/members';
import type { IGooglePrincipal } from '../google/principal';
import { googleProviderRules, type GoogleProviderOptions } from '../../google/options';

/** Props of a `FederatedAwsRole`. */
export interface FederatedAwsRoleProps extends JustificationProps, GoogleProviderOptions {
  /** Federation that accepts the role; it can belong to another stack. */
  readonly federation: IAwsToGoogleFederation;
  /** Name of the AWS role: at most 62 characters, without a path. */
  readonly roleName: string;
}

/**
 * An AWS role as an identity in Google Cloud: every session of it has the roles that are granted here. It lets the
 * role in through the condition of the federation. Each stack may have its own for one role, with its own grants; a
 * second one in the same stack is rejected.
 */
export class FederatedAwsRole extends Construct implements IGooglePrincipal {
  /** Name of the AWS role. */
  public readonly roleName: string;
  /** The one of `members`. Known at synth. */
  public readonly member: string;
  /** IAM members of the identity. Known at synth. */
  public readonly members: readonly string[];
  /** Roles of the AWS role: `role.grants.bucketReader(bucket, { reason })`. */
  public readonly grants: GoogleGrants;
  private readonly federation: IAwsToGoogleFederation;

  constructor(scope: Construct, id: string, given: FederatedAwsRoleProps) {
    super(scope, id);
    const props = validate(
      this,
      given,
      {
        ...justificationRules,
        federation: federationRule,
        roleName: federatedRoleName,
        ...googleProviderRules,
      },
      (values, report) => this.isMadeOnce(values, report),
    );
    this.federation = props.federation;
    this.roleName = props.roleName;
    this.member = memberOf(props);
    this.members = [this.member];
    this.federation.allowRole(this.roleName);
    this.stackRoles().add(this.member);
    this.grants = new GoogleGrants(this, this, props, props.googleProvider);
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return this.federation.dependenciesIn(scope);
  }

  /**
   * Allows the role to impersonate a Google service account: `roles/iam.workloadIdentityUser` on that account. For uses that do not
   * accept a federated principal: RBAC of GKE, signed URLs, ID tokens.
   */
  public impersonate(account: IGoogleServiceAccount, options: GrantOptions = {}): TerraformResource[] {
    return this.grants.serviceAccountRole(account, 'roles/iam.workloadIdentityUser', options);
  }

  private stackRoles(): Set<string> {
    return oncePer(TerraformStack.of(this), 'federated-aws-roles', () => new Set<string>());
  }

  /** Two of them could grant the same, and who removes one grant would remove it for both. */
  private isMadeOnce(props: WithInherited<FederatedAwsRoleProps>, report: Report): void {
    if (!this.stackRoles().has(memberOf(props))) return;
    report({
      property: 'roleName',
      value: props.roleName,
      rule: 'be unique among the federated roles of this stack',
      fix: 'Use the existing one.',
    });
  }
}

function memberOf({ federation, roleName }: WithInherited<FederatedAwsRoleProps>): string {
  return federatedRolePrincipalSet(federation.poolName, assumedRoleArnOf(federation.account, roleName));
}
