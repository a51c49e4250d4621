import type { Construct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { validate } from '../core/validation';
import { project as projectRule, type GoogleProject } from '../identity/project';
import { GkeClusterBase } from './cluster';
import { clusterName, location as locationRule } from './names';

/** What is known of a cluster that exists. */
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
