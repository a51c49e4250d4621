import type { JustificationProps } from '../../core/justification';
import type { AwsAccount } from '../../aws/account';
import type { AwsPolicyStatement } from '../../aws/policy-statement';
import type { IGkeOidcProvider, ITokenIssuer } from './gke-oidc-provider';
import type { AwsProviderOptions } from '../../aws/options';

/** Safety checks that a role can override, each with a reason. */
export interface GkeToAwsRoleAcknowledgements {
  /**
   * Reason why the pods run in the namespace `default`.
   * @default - the namespace `default` is rejected
   */
  readonly defaultNamespace?: string;
}

/** Props of a `GkeToAwsRole`. */
export interface GkeToAwsRoleProps extends JustificationProps, AwsProviderOptions {
  /** Cluster of the pods. A service account of the same name in another cluster cannot assume the role. */
  readonly cluster: ITokenIssuer;
  /**
   * AWS account of the role, and the region that the pods work in.
   * @default - the account of `Defaults.of(scope)`; required if no scope has one
   */
  readonly account?: AwsAccount;
  /** Namespace of the pods: a DNS label of at most 63 characters. */
  readonly namespace: string;
  /** Name of the Kubernetes service account of the pods: a DNS subdomain, and not `default`. */
  readonly serviceAccountName: string;
  /** Name of the AWS role: 1 to 64 letters, digits and characters of `_+=,.@-`. */
  readonly roleName: string;
  /**
   * Permissions of the role; `addStatement` adds more.
   * @default - no permissions
   */
  readonly statements?: readonly AwsPolicyStatement[];
  /**
   * OIDC provider of the cluster in the account. An account has one for a cluster, so roles of several stacks share
   * it.
   * @default - the one of this stack; the first role that needs it makes it
   */
  readonly oidcProvider?: IGkeOidcProvider;
  /**
   * Seconds that a session may last: 3,600 to 43,200.
   * @default 3600
   */
  readonly maxSessionSeconds?: number;
  /**
   * ARN of a permissions boundary of the role.
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: GkeToAwsRoleAcknowledgements;
}
