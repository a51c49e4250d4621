import type { JustificationProps } from '../../core/justification';
import type { AwsAccount } from '../../aws/account';
import type { IAwsToGoogleFederation } from '../../identity/federation/aws-to-google-federation-props';
import type { RepositoryReference } from '../../identity/google/references';
import type { GoogleProject } from '../../google/project';
import type { ITrainingIdentity } from '../../vertex/vertex-training-identity';
import type { ICancellableTarget } from '../targets/target';
import type { FunctionOptions, AwsProviderOptions } from '../../aws/options';
import type { GoogleProviderOptions } from '../../google/options';

/** Target of a `VertexTrainingStep`. */
export interface IVertexTrainingTarget extends ICancellableTarget {
  /** Kind of job that the target submits. */
  readonly kind: 'customJob' | 'pipelineJob';
}

/** Props of a `VertexTrainingTarget`. */
export interface VertexTrainingTargetProps
  extends JustificationProps, FunctionOptions, AwsProviderOptions, GoogleProviderOptions {
  /**
   * Name: 1 to 40 lower-case letters, digits and hyphens. Functions and roles are named after it.
   * @default - the path of the construct, with hyphens; a change of the path renames the resources
   */
  readonly name?: string;
  /**
   * Account and region of the functions.
   * @default - the account of the federation
   */
  readonly account?: AwsAccount;
  /** Federation that exchanges AWS roles for Google identities. The target adds its role. */
  readonly federation: IAwsToGoogleFederation;
  /**
   * Project in which jobs run.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Region in which jobs run.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /** Service account and bucket of the jobs, the same for all steps. */
  readonly runAs: ITrainingIdentity;
  /** Kind of job that the target submits. */
  readonly kind: 'customJob' | 'pipelineJob';
  /**
   * Repositories of the templates of pipelines. The role of the target reads them; for a repository of another
   * project, so does the service agent of Vertex AI, which needs `project.number`.
   * @default - no access to templates is granted
   */
  readonly templateRepositories?: readonly RepositoryReference[];
  /**
   * Network attachment through which jobs reach the VPC.
   * @default - they reach public addresses only
   */
  readonly networkAttachment?: string;
}
