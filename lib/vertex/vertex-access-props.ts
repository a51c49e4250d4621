import type { TerraformProvider } from 'cdktf';
import type { JustificationProps } from '../core/justification';
import type { GrantOptions } from '../identity/google/grant-options';
import type { IGooglePrincipal } from '../identity/google/principal';
import type { RepositoryReference } from '../identity/google/references';
import type { GoogleProject } from '../google/project';
import type { GoogleProviderOptions } from '../google/options';

/** Props of a `VertexAccess`. */
export interface VertexAccessProps extends JustificationProps, GoogleProviderOptions {
  /** Principal of the access: a binding, a service account or a federated AWS role. */
  readonly identity: IGooglePrincipal;
  /**
   * Project of the endpoints, models and jobs.
   * @default - the project of `Defaults.of(scope)`; required if no scope has one
   */
  readonly project?: GoogleProject;
  /**
   * Region of the endpoints that are used, or `global` for Gemini models.
   * @default - the location of `Defaults.of(scope)`; required if no scope has one
   */
  readonly location?: string;
  /**
   * Provider of `@cdktf/provider-google-beta`, an optional peer: with it, access is limited to one endpoint, which
   * only the beta provider can do.
   * @default - access to one endpoint needs `acknowledge.projectWide`, because it includes every endpoint
   */
  readonly googleBetaProvider?: TerraformProvider;
}

/** Options of one capability. */
export interface VertexGrantOptions {
  /**
   * Purpose of the access.
   * @default - the reason of the VertexAccess
   */
  readonly reason?: string;
  /**
   * Team or person responsible for it.
   * @default - the owner of the VertexAccess
   */
  readonly owner?: string;
  /**
   * Ticket of the request for access.
   * @default - the ticket of the VertexAccess
   */
  readonly ticket?: string;
  /**
   * Day on which the access is reviewed again, as YYYY-MM-DD.
   * @default - the day of the VertexAccess
   */
  readonly reviewBy?: string;
  /**
   * Condition on a time or a tag. Vertex AI evaluates no condition on names of resources.
   * @default - always
   */
  readonly condition?: GrantOptions['condition'];
}

/** Options of access to pipelines. */
export interface PipelineGrantOptions extends VertexGrantOptions {
  /**
   * Repositories of the templates. The identity reads them; for a repository of another project, so does the service
   * agent of Vertex AI, which needs `project.number`.
   * @default - no access to templates is granted
   */
  readonly templateRepositories?: readonly RepositoryReference[];
}

/** Safety checks that access to an endpoint can override, each with a reason. */
export interface EndpointAcknowledgements {
  /**
   * Reason why access to one endpoint includes every endpoint of the project.
   * @default - such access is rejected
   */
  readonly projectWide?: string;
}

/** Options of access to one endpoint. */
export interface EndpointGrantOptions extends VertexGrantOptions {
  /**
   * Safety checks to override.
   * @default - no overrides
   */
  readonly acknowledge?: EndpointAcknowledgements;
}
