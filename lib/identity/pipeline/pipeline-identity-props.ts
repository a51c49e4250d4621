import type { TerraformStack } from 'cdktf';
import type { AwsAccount } from '../../aws/account';
import type { AwsProviderOptions } from '../../aws/options';
import type { JustificationProps } from '../../core/justification';
import type { GoogleProviderOptions } from '../../google/options';
import type { GoogleProject } from '../../google/project';
import type { IGkeOidcProvider } from '../federation/gke-oidc-provider';
import type { PipelineRuns } from './pipeline-runs';
import type { PipelineSource } from './pipeline-source';
import type { IStateBackend } from './state-backend';

/** Roles of a pipeline in AWS. */
export interface PipelineAwsOptions {
  /** First part of the names of roles and policies: 1 to 58 characters. The roles are `PREFIX-plan` and `PREFIX-apply`. */
  readonly namePrefix: string;
  /**
   * OIDC provider of the account for the issuer: `GkeOidcProvider.fromArn(…)` imports one. An account has one provider
   * for each issuer.
   * @default - a new provider, which all pipelines of the stack share
   */
  readonly oidcProvider?: IGkeOidcProvider;
  /**
   * Maximum duration of a session in seconds: 3,600 to 43,200.
   * @default 3600
   */
  readonly maxSessionSeconds?: number;
  /**
   * ARN of the permissions boundary of both roles.
   * @default - no boundary
   */
  readonly permissionsBoundaryArn?: string;
}

/** Identities of a pipeline in Google Cloud. */
export interface PipelineGoogleOptions {
  /** First part of the ids of pools and accounts: 6 to 24 characters. The pools are `PREFIX-plan` and `PREFIX-apply`. */
  readonly poolPrefix: string;
  /**
   * Whether the runs have the roles themselves, without a service account. Some APIs reject direct principals.
   * @default false
   */
  readonly directPrincipals?: boolean;
}

/** Props of a `PipelineIdentity`. */
export interface PipelineIdentityProps extends JustificationProps, AwsProviderOptions, GoogleProviderOptions {
  /** Origin of the runs: `PipelineSource.github(…)`, `.gitlab(…)` or `.oidc(…)`. */
  readonly source: PipelineSource;
  /** Runs that plan. They read resources and change none. */
  readonly plan: PipelineRuns;
  /** Runs that apply. An environment or a ref is required. */
  readonly apply: PipelineRuns;
  /** Stacks that the pipeline applies: at least one, with all their resources. The own stack is not allowed. */
  readonly stacks: readonly TerraformStack[];
  /**
   * Bucket of the states of the stacks. Plans read it, applies write it.
   * @default - no access to the state
   */
  readonly stateBackend?: IStateBackend;
  /**
   * Roles in AWS.
   * @default - no access to AWS
   */
  readonly aws?: PipelineAwsOptions;
  /**
   * Identities in Google Cloud.
   * @default - no access to Google Cloud
   */
  readonly google?: PipelineGoogleOptions;
  /**
   * AWS account of the roles.
   * @default - the account of `Defaults.of(scope)`; required if `aws` is set and no scope has one
   */
  readonly account?: AwsAccount;
  /**
   * Project of the pools and accounts, with its number.
   * @default - the project of `Defaults.of(scope)`; required if `google` is set and no scope has one
   */
  readonly project?: GoogleProject;
}
