import { Construct, type IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { constructLike, type Rule } from '../core/rules';
import { validate } from '../core/validation';
import type { IWorkloadPool } from '../identity/google/principal';
import { project as projectRule, type GoogleProject } from '../google/project';
import { workloadPoolOf } from '../identity/google/members';
import { clusterName, location as locationRule } from '../google/locations';
import { WorkloadIdentityBinding } from '../identity/google/workload-identity-binding';
import type { WorkloadIdentityOptions } from '../identity/google/workload-identity-binding-props';

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
  /** Google Cloud project of the resource. */
  public abstract readonly project: GoogleProject;
  /** Name of the cluster. Known at synth. */
  public abstract readonly name: string;
  /** Region or zone of the resource. */
  public abstract readonly location: string;

  /** Resource name: `projects/PROJECT/locations/LOCATION/clusters/NAME`. */
  public get id(): string {
    return `projects/${this.project.id}/locations/${this.location}/clusters/${this.name}`;
  }

  /** Issuer URL of the tokens of the cluster. */
  public get issuer(): string {
    return `https://container.googleapis.com/v1/${this.id}`;
  }

  /** Project that owns the workload identity pool. */
  public get workloadPoolProject(): GoogleProject {
    return this.project;
  }

  /** Workload identity pool, `PROJECT.svc.id.goog`. */
  public get workloadPool(): string {
    return workloadPoolOf(this.project.id);
  }

  /** Adds a binding between a Kubernetes service account of the cluster and a Google identity. */
  public addWorkloadIdentity(id: string, options: WorkloadIdentityOptions): WorkloadIdentityBinding {
    return new WorkloadIdentityBinding(this, id, { ...options, cluster: this });
  }

  /** Resources that a consumer in the stack of `scope` must wait for. */
  public abstract dependenciesIn(scope: IConstruct): AwaitedResource[];
}

/** Attributes of an existing cluster. */
export interface GkeClusterAttributes {
  /**
   * Project of the cluster.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /** Name of the cluster. */
  readonly name: string;
  /**
   * Region or zone.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
}

/** A cluster that is managed elsewhere. */
export class ImportedGkeCluster extends GkeClusterBase {
  public readonly project: GoogleProject;
  public readonly name: string;
  public readonly location: string;

  constructor(scope: Construct, id: string, given: GkeClusterAttributes) {
    super(scope, id);
    const attributes = validate(this, given, {
      project: projectRule,
      name: clusterName,
      location: locationRule,
    });
    this.project = attributes.project;
    this.name = attributes.name;
    this.location = attributes.location;
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}
