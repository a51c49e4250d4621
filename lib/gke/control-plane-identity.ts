import { Construct, type IConstruct } from 'constructs';
import { justificationOf, type Justification } from '../core/justification';
import { fitName } from '../core/names';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import type { IAwsToGoogleFederation } from '../identity/federation/aws-to-google-federation-props';
import { CustomRole, roleIdFrom } from '../identity/google/custom-role';
import { FederatedAwsRole } from '../identity/federation/federated-aws-role';
import { GoogleServiceAccount } from '../identity/google/google-service-account';
import type { IGkeCluster } from './cluster';
import type { GoogleProviderOptions } from '../google/options';

/** Props of a `ControlPlaneIdentity`. */
export interface ControlPlaneIdentityProps extends Justification, GoogleProviderOptions {
  /** Name of the target or secret, for the title of the custom role. */
  readonly name: string;
  /** Account id, before it is fitted into 30 characters. */
  readonly accountId: string;
  /** Cluster of the control plane. */
  readonly cluster: IGkeCluster;
  /** Federation that accepts the AWS role. */
  readonly federation: IAwsToGoogleFederation;
  /** Name of the AWS role that impersonates the account. */
  readonly roleName: string;
}

/**
 * A Google service account that connects to a control plane. An AWS role impersonates the account, and the e-mail
 * address of the account is the user in RBAC.
 */
export class ControlPlaneIdentity extends Construct {
  /** The account. Its e-mail address is the Kubernetes user. */
  public readonly account: GoogleServiceAccount;
  private readonly access: readonly AwaitedResource[];

  constructor(scope: Construct, id: string, props: ControlPlaneIdentityProps) {
    super(scope, id);
    const { name, accountId, cluster, federation, roleName, googleProvider } = props;
    const common = { ...justificationOf(props), googleProvider };
    this.account = new GoogleServiceAccount(this, 'account', {
      ...common,
      project: cluster.project,
      accountId: fitName(accountId, 30),
    });
    // roles/container.developer allows in all namespaces the actions that RBAC allows in one.
    const role = new CustomRole(this, 'role', {
      ...common,
      project: cluster.project,
      roleId: roleIdFrom(`gke_control_plane_${accountId}`),
      title: `Reach the control plane of GKE: ${name}`,
      permissions: ['container.clusters.get', 'container.clusters.connect'],
    });
    const federated = new FederatedAwsRole(this, 'federated-role', { ...common, federation, roleName });
    const reason = 'connects to the control plane, where RBAC limits the actions';
    this.access = [
      ...this.account.grants.customRole(role, { reason }),
      ...federated.impersonate(this.account),
    ];
  }

  /** Grants that exist before the first call to the control plane. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, this.access);
  }
}
