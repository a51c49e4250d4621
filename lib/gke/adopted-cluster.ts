import { ContainerCluster, type ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';
import type { Construct, IConstruct } from 'constructs';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { validate } from '../core/validation';
import { project as projectRule, type GoogleProject } from '../google/project';
import { GkeClusterBase, type GkeClusterAttributes } from './cluster';
import { ImportBlock } from './import-block';
import { clusterName, location as locationRule } from '../google/locations';
import { googleProviderRules, type GoogleProviderOptions } from '../google/options';

/** Existing cluster to adopt. */
export interface AdoptedGkeClusterProps extends GkeClusterAttributes, GoogleProviderOptions {}

/** Arguments that the adoption sets, and those that describe no setting of the cluster. */
const NOT_IGNORED = [
  'deletion_protection',
  'id',
  'location',
  'name',
  'project',
  'timeouts',
  'workload_identity_config',
];

/** Cluster that ignores changes of every other argument of the installed bindings: it keeps its settings. */
class UnchangedCluster extends ContainerCluster {
  constructor(scope: Construct, id: string, config: ContainerClusterConfig) {
    super(scope, id, config);
    const names = Object.keys(this.synthesizeAttributes());
    this.lifecycle = { ignoreChanges: names.filter((name) => !NOT_IGNORED.includes(name)).sort() };
  }
}

/**
 * A cluster that exists, taken into Terraform's state by an import block, with its workload pool switched on
 * and nothing else changed: what `gcloud container clusters update NAME --workload-pool=…` does.
 */
export class AdoptedGkeCluster extends GkeClusterBase {
  public readonly project: GoogleProject;
  public readonly name: string;
  public readonly location: string;
  private readonly cluster: ContainerCluster;

  constructor(scope: Construct, id: string, given: AdoptedGkeClusterProps) {
    super(scope, id);
    const props = validate(this, given, {
      project: projectRule,
      name: clusterName,
      location: locationRule,
      ...googleProviderRules,
    });
    this.project = props.project;
    this.name = props.name;
    this.location = props.location;
    this.cluster = new UnchangedCluster(this, 'cluster', {
      project: this.project.id,
      name: this.name,
      location: this.location,
      deletionProtection: true,
      workloadIdentityConfig: { workloadPool: this.workloadPool },
      provider: props.googleProvider,
    });
    this.node.defaultChild = this.cluster;
    new ImportBlock(this, 'import', {
      to: this.cluster,
      existingId: this.id,
      provider: props.googleProvider,
    });
  }

  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.cluster]);
  }
}
