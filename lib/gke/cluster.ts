import { Construct, type IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { constructLike, type Rule } from '../core/rules';
import { validate } from '../core/validation';
import type { IWorkloadPool } from '../identity/principal';
import { project as projectRule, type GoogleProject } from '../google/project';
import { workloadPoolOf } from '../identity/members';
import { clusterName, location as locationRule } from '../google/locations';
import { WorkloadIdentityBinding } from '../identity/workload-identity-binding';
import type { WorkloadIdentityOptions } from '../identity/workload-identity-binding-props';

/** A GKE cluster, made here, adopted or imported: what every construct that needs a cluster takes. */
export interface IGkeCluster extends IWorkloadPool {
  /** Project of the cluster. */
  readonly project: GoogleProject;
  /** Name of the cluster. */
  readonly name: string;
  /** Region or zone. */
  readonly location: string;
  /** Full name, `projects/PROJECT/locations/LOCATION/clusters/NAME`. Known at synth. */
  readonly id: string;
  /** URL that signs the tokens of the cluster's service accounts. Known at synth. */
  readonly issuer: string;

  /**
   * Gives the pods of one Kubernetes service account an identity in Google Cloud.
   * @param id construct id of the binding, under the cluster
   * @param options what the identity is; the cluster is this one
   */
  addWorkloadIdentity(id: string, options: WorkloadIdentityOptions): WorkloadIdentityBinding;
}

export const cluster: Rule = constructLike(
  'a cluster: a GkeCluster, GkeCluster.fromAttributes(…) or GkeCluster.adopt(…)',
  {
    project: 'object',
    name: 'string',
    location: 'string',
    dependenciesIn: 'function',
  },
);

/** Common members of created, imported and adopted clusters. */
export abstract class GkeClusterBase extends Construct implements IGkeCluster {
  public abstract readonly project: GoogleProject;
  public abstract readonly name: string;
  public abstract readonly location: string;

  public get id(): string {
    return `projects/${this.project.id}/locations/${this.location}/clusters/${this.name}`;
  }

  public get issuer(): string {
    return `https://container.googleapis.com/v1/${this.id}`;
  }

  public get workloadPoolProject(): GoogleProject {
    return this.project;
  }

  public get workloadPool(): string {
    return workloadPoolOf(this.project.id);
  }

  public addWorkloadIdentity(id: string, options: WorkloadIdentityOptions): WorkloadIdentityBinding {
    return new WorkloadIdentityBinding(this, id, { ...options, cluster: this });
  }

  public abstract dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** Attributes of an existing cluster. */
export interface GkeClusterAttributes {
  /** Project of the cluster. */
  readonly project: GoogleProject;
  /** Name of the cluster. */
  readonly name: string;
  /** Region or zone. */
  readonly location: string;
}

/** A cluster that is managed elsewhere. */
export class ImportedGkeCluster extends GkeClusterBase {
  public readonly project: GoogleProject;
  public readonly name: string;
  public readonly location: string;

  constructor(scope: Construct, id: string, attributes: GkeClusterAttributes) {
    super(scope, id);
    validate(this, attributes, { project: projectRule, name: clusterName, location: locationRule });
    this.project = attributes.project;
    this.name = attributes.name;
    this.location = attributes.location;
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}
