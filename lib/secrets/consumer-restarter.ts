import { Manifest } from '@cdktf/provider-kubernetes/lib/manifest';
import { RoleBindingV1 } from '@cdktf/provider-kubernetes/lib/role-binding-v1';
import { RoleV1 } from '@cdktf/provider-kubernetes/lib/role-v1';
import { Construct, type IConstruct } from 'constructs';
import { annotationsOf, justificationOf, type Justification } from '../core/justification';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { dnsEndpointOf } from '../gke/gke-kubernetes-provider';
import { roleArnOf, type AwsAccount } from '../aws/account';
import type { GoogleServiceAccount } from '../identity/google/google-service-account';
import { objectMetadata } from '../kubernetes/metadata';
import { KubernetesObjects } from '../kubernetes/objects';
import { admissionBinding } from '../kubernetes/admission-policy';
import type { LibraryFunction } from '../aws/library-function';
import { FederatedSessionRole } from '../aws/federated-session-role';
import { ControlPlaneIdentity } from '../gke/control-plane-identity';
import type { ConsumerRestart } from './consumer-restart-props';
import { restartAdmissionPolicy } from './restart-admission-policy';
import type { RestartTarget } from '../contracts/rotation';
import type { AwsProviderOptions } from '../aws/options';

/** Props of a `ConsumerRestarter`. */
export interface ConsumerRestarterProps extends Justification, AwsProviderOptions {
  /** Name of the secret. */
  readonly name: string;
  readonly account: AwsAccount;
  readonly restart: ConsumerRestart;
}

/**
 * Permission of the function of a rotation to restart Deployments, and to change nothing else of them:
 *
 *   function -> role (session = id of the call) -> Google service account -> Kubernetes user -> one annotation
 *
 * RBAC has no permissions on parts of a Deployment: a user who can patch it can run any image in its pods. An admission
 * policy therefore limits this user to the annotation.
 */
export class ConsumerRestarter extends Construct {
  /** Settings of the function. */
  public readonly target: RestartTarget;
  private readonly account: GoogleServiceAccount;
  private readonly ready: readonly AwaitedResource[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ConsumerRestarterProps,
  ) {
    super(scope, id);
    const { restart } = props;
    const identity = new ControlPlaneIdentity(this, 'identity', {
      ...justificationOf(props),
      ...restart,
      name: props.name,
      accountId: `${props.name}-restart`,
      roleName: this.roleName,
    });
    this.account = identity.account;
    this.ready = [...this.allowInCluster(), ...identity.dependenciesIn(this)];
    const { host, certificateAuthority } =
      restart.endpoint ?? dnsEndpointOf(this, restart.cluster, restart.googleProvider);
    this.target = {
      host,
      ...(certificateAuthority && { certificateAuthority }),
      namespace: restart.namespace,
      deployments: [...restart.deployments],
      roleArn: roleArnOf(props.account, this.roleName),
      credentials: restart.federation.credentialConfiguration(this.account.email),
    };
  }

  /** Allows a function to assume the federated role. */
  public trust(rotation: LibraryFunction): void {
    new FederatedSessionRole(this, 'role', {
      ...justificationOf(this.props),
      name: this.roleName,
      functions: [rotation],
      awsProvider: this.props.awsProvider,
    });
  }

  /** Resources that exist before the first restart. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, this.ready);
  }

  private get roleName(): string {
    return `${this.props.name}-rotation-restart`;
  }

  private allowInCluster(): AwaitedResource[] {
    const { namespace, deployments, kubernetesProvider: provider } = this.props.restart;
    const policy = this.addAdmissionPolicy();
    const metadata = {
      name: `${this.props.name}-restart`,
      namespace,
      annotations: annotationsOf(this.props),
    };
    const role = new RoleV1(this, 'kubernetes-role', {
      metadata: objectMetadata(metadata),
      rule: [
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          resourceNames: [...deployments],
          verbs: ['patch'],
        },
      ],
      provider,
    });
    const binding = new RoleBindingV1(this, 'kubernetes-role-binding', {
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subject: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: this.account.email }],
      // In between, anything of the Deployments could be changed.
      dependsOn: [role, policy],
      provider,
    });
    const objects = KubernetesObjects.of(this, provider);
    for (const resource of [role, binding]) objects.awaitNamespace(namespace, resource);
    return [binding];
  }

  private addAdmissionPolicy(): AwaitedResource {
    const { namespace, kubernetesProvider: provider } = this.props.restart;
    const name = `restart-${this.props.name}-${namespace}`;
    const policy = new Manifest(this, 'admission-policy', {
      manifest: restartAdmissionPolicy(name, this.account.email) as Record<string, unknown>,
      provider,
    });
    return new Manifest(this, 'admission-policy-binding', {
      manifest: admissionBinding(name),
      dependsOn: [policy],
      provider,
    });
  }
}
