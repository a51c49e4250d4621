import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import { justificationOf, type Justification } from '../core/justification';
import { fitName } from '../core/names';
import type { AwaitedResource } from '../core/ordering';
import type { IGkeCluster } from './cluster';
import type { IAwsToGoogleFederation } from '../identity/aws-to-google-federation-props';
import { CustomRole } from '../identity/custom-role';
import { FederatedAwsRole } from '../identity/federated-aws-role';
import { GoogleServiceAccount } from '../identity/google-service-account';

/** Who turns to which control plane. */
export interface ControlPlaneIdentityProps extends Justification {
  /** Name of what it is for. */
  readonly name: string;
  /** Account id, before it is fitted into 30 characters. */
  readonly accountId: string;
  readonly cluster: IGkeCluster;
  readonly federation: IAwsToGoogleFederation;
  /** AWS role that acts as the account. */
  readonly roleName: string;
  readonly googleProvider?: TerraformProvider;
}

/** An account, and what it may do. */
export interface ControlPlaneIdentity {
  readonly account: GoogleServiceAccount;
  /** What its first call has to wait for. */
  readonly access: readonly AwaitedResource[];
}

/** A Google service account that reaches a control plane, as an AWS role may act: the user that RBAC knows. */
export function controlPlaneIdentity(
  scope: Construct,
  props: ControlPlaneIdentityProps,
): ControlPlaneIdentity {
  const { name, accountId, cluster, federation, roleName, googleProvider } = props;
  const account = new GoogleServiceAccount(scope, 'google-service-account', {
    ...justificationOf(props),
    project: cluster.project,
    accountId: fitName(accountId, 30),
    googleProvider,
  });
  // roles/container.developer would allow in all namespaces what RBAC allows in one.
  const role = new CustomRole(scope, 'google-role', {
    ...justificationOf(props),
    project: cluster.project,
    title: `Reach the control plane of GKE: ${name}`,
    permissions: ['container.clusters.get', 'container.clusters.connect'],
    googleProvider,
  });
  const why = { reason: 'reaches the control plane; what it may do there says RBAC' };
  const federated = new FederatedAwsRole(scope, 'federated-role', {
    ...justificationOf(props),
    federation,
    roleName,
    googleProvider,
  });
  return { account, access: [...account.grants.customRole(role, why), ...federated.impersonate(account)] };
}
