import { Construct, type IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import type { IWorkloadPool } from '../identity/principal';
import type { GoogleProject } from '../identity/project';
import { workloadPoolOf } from '../identity/members';
import { WorkloadIdentityBinding, type WorkloadIdentityOptions } from '../identity/workload-identity-binding';

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

/** Where a cluster is: enough to compute every name it has. */
export interface ClusterLocation {
  readonly project: GoogleProject;
  readonly name: string;
  readonly location: string;
}

/** What all clusters have, however they came to be. */
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
