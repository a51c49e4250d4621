import type { TerraformProvider, TerraformStack } from 'cdktf';
import type { ServiceAgentKey } from '../../deploying/google-access';
import type { GoogleProject } from '../../google/project';

/** Subnetworks of a host project that clusters of a service project use. */
export interface SharedVpcAccess {
  /** Id of the host project of the Shared VPC. */
  readonly hostProject: string;
  /** Subnetworks of the host project: at least one. */
  readonly subnetworks: readonly SharedSubnetwork[];
}

/** Subnetwork of a host project. */
export interface SharedSubnetwork {
  /** Region of the subnetwork, for example `us-central1`. */
  readonly region: string;
  /** Name of the subnetwork. */
  readonly name: string;
}

/** Props of `GoogleProjectPrerequisites`. */
export interface GoogleProjectPrerequisitesProps {
  /**
   * Project to prepare. The number is required if a service agent gets a role.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Stacks that need the project. APIs, service agents, keys and Shared VPC subnetworks derive from the resources that
   * these stacks have when the construct is created. Each of them gets a dependency on the stack of the construct.
   * @default - only the explicit props apply
   */
  readonly stacks?: readonly TerraformStack[];
  /**
   * APIs to enable in addition, for example `run.googleapis.com`. Destruction does not disable them.
   * @default - the APIs that `stacks` need
   */
  readonly apis?: readonly string[];
  /**
   * APIs whose service agent must exist in addition. The API is enabled too.
   * @default - the agents that `stacks` need
   */
  readonly serviceAgents?: readonly string[];
  /**
   * Cloud KMS keys that service agents use in addition. Each agent gets `roles/cloudkms.cryptoKeyEncrypterDecrypter` on
   * its key.
   * @default - the keys that `stacks` use
   */
  readonly kmsKeys?: readonly ServiceAgentKey[];
  /**
   * Shared VPC subnetworks for clusters. The agents of GKE and of Google APIs get `roles/compute.networkUser` on each
   * subnetwork, and GKE gets `roles/container.hostServiceAgentUser` on the host project.
   * @default - the subnetworks that clusters of `stacks` use
   */
  readonly sharedVpc?: SharedVpcAccess;
  /**
   * Google provider of the APIs and the roles.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
  /**
   * Provider of google-beta, which creates service agents. No resource of the google provider does.
   * @default - you create the agents of `agentsToCreate` before the first apply
   */
  readonly googleBetaProvider?: TerraformProvider;
}
