import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import { Token } from 'cdktf';
import { type Construct, type IConstruct } from 'constructs';
import { addMetadataComment } from '../core/justification';
import { fitName } from '../core/names';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { refuse, validate } from '../core/validation';
import { GoogleServiceAccount, type IGoogleServiceAccount } from '../identity/google/google-service-account';
import { GoogleGrants } from '../identity/google/grants';
import type { GoogleProject } from '../google/project';
import { AdoptedGkeCluster, type AdoptedGkeClusterProps } from './adopted-cluster';
import { GkeClusterBase, ImportedGkeCluster, type GkeClusterAttributes, type IGkeCluster } from './cluster';
import { clusterArguments } from './gke-cluster-config';
import type { GkeClusterProps } from './gke-cluster-props';
import { clusterCrossChecks, clusterRules } from './gke-cluster-rules';
import { GkeNodePool } from './gke-node-pool';
import type { GkeNodePoolOptions } from './node-pool/node-pool-options';
import { checkUniqueName } from '../core/unique-names';

/**
 * A GKE cluster, Autopilot or Standard, hardened from the start: its own workload pool, private nodes with an
 * account that can do only what nodes need, a control plane that is reached by DNS and IAM.
 */
export class GkeCluster extends GkeClusterBase {
  /** A cluster that exists and is managed elsewhere: identities and workloads are bound to it, it is not changed. */
  public static fromAttributes(scope: Construct, id: string, attributes: GkeClusterAttributes): IGkeCluster {
    return new ImportedGkeCluster(scope, id, attributes);
  }

  /**
   * A cluster that exists, taken into Terraform's state, with its workload pool switched on and all else left as
   * it is. Node pools that exist keep their metadata server until
   * `gcloud container node-pools update POOL --cluster=NAME --workload-metadata=GKE_METADATA`.
   */
  public static adopt(scope: Construct, id: string, props: AdoptedGkeClusterProps): IGkeCluster {
    return new AdoptedGkeCluster(scope, id, props);
  }

  /** Google Cloud project of the resource. */
  public readonly project: GoogleProject;
  /** Name of the cluster. Known at synth. */
  public readonly name: string;
  /** Region or zone of the resource. */
  public readonly location: string;
  /** Account of the nodes. */
  public readonly nodeServiceAccount: IGoogleServiceAccount;
  private readonly cluster: ContainerCluster;
  private readonly isStandard: boolean;
  private readonly googleProvider: GkeClusterProps['googleProvider'];
  private pools = 0;

  constructor(scope: Construct, id: string, given: GkeClusterProps) {
    super(scope, id);
    const props = validate(this, given, clusterRules, (values, report) => {
      clusterCrossChecks(values, report);
      const among = `clusters of the project ${values.project.id} in ${values.location}`;
      checkUniqueName(this, { property: 'name', name: values.name, among }, report);
    });
    this.project = props.project;
    this.name = props.name;
    this.location = props.location;
    this.isStandard = props.mode === 'standard';
    this.googleProvider = props.googleProvider;
    this.nodeServiceAccount = props.nodeServiceAccount ?? this.addNodeServiceAccount();
    const nodeRoles = props.nodeServiceAccount ? [] : this.grantNodeRoles(props);
    this.cluster = new ContainerCluster(this, 'cluster', {
      ...clusterArguments(props, this.workloadPool, this.nodeServiceAccount.email),
      // Nodes register with their account's roles; without them the first ones come up broken.
      dependsOn: [
        ...props.network.dependenciesIn(this),
        ...this.nodeServiceAccount.dependenciesIn(this),
        ...nodeRoles,
      ],
      provider: props.googleProvider,
    });
    this.node.defaultChild = this.cluster;
    if (props.acknowledge) addMetadataComment(this.cluster, { acknowledged: props.acknowledge });
    (props.nodePools ?? []).forEach((pool, index) => {
      this.addNodePool(Token.isUnresolved(pool.name) ? String(index) : pool.name, pool);
    });
    this.node.addValidation({ validate: () => this.hasNodes() });
  }

  /**
   * Adds a node pool to a Standard cluster.
   * @param id construct id, part of the Terraform address
   */
  public addNodePool(id: string, pool: GkeNodePoolOptions): GkeNodePool {
    if (!this.isStandard) {
      const rule = 'not be called on an Autopilot cluster, which creates its own nodes';
      refuse(this, { property: 'addNodePool', value: id, rule, fix: 'Set mode to "standard".' });
    }
    const made = new GkeNodePool(this, `pool-${id}`, {
      ...pool,
      cluster: this,
      nodeServiceAccount: this.nodeServiceAccount,
      googleProvider: this.googleProvider,
    });
    this.pools += 1;
    return made;
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.cluster]);
  }

  private addNodeServiceAccount(): GoogleServiceAccount {
    return new GoogleServiceAccount(this, 'nodes', {
      project: this.project,
      accountId: this.nodeAccountId,
      displayName: `Nodes of ${this.name}`,
      reason: `runs the nodes of the cluster ${this.name}`,
      googleProvider: this.googleProvider,
    });
  }

  /** A project can have a cluster of the same name in each location. */
  private get nodeAccountId(): string {
    const cluster = Token.isUnresolved(this.location) ? this.name : `${this.name}-${this.location}`;
    return `${fitName(cluster, 24)}-nodes`;
  }

  private grantNodeRoles({ imageRepositories = [] }: GkeClusterProps): AwaitedResource[] {
    const reason = `runs the nodes of the cluster ${this.name}`;
    const grants = new GoogleGrants(this, this.nodeServiceAccount, { reason }, this.googleProvider);
    return [
      grants.projectRole(this.project, 'roles/container.defaultNodeServiceAccount', {
        reason: 'nodes write their logs and metrics',
        id: 'node-role',
      }),
      ...imageRepositories.map((repository) =>
        grants.repositoryReader(repository, { reason: 'nodes pull images' }),
      ),
    ].flat();
  }

  private hasNodes(): string[] {
    return this.isStandard && this.pools === 0
      ? [
          `${this.node.path}: nodePools is required because a Standard cluster creates no nodes by itself. Add a pool, or omit mode for Autopilot.`,
        ]
      : [];
  }
}
