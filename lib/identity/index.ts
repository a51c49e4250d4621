export { type AwsAccount, type AwsPartition } from '../aws/account';
export type { AlarmOptions, AwsProviderOptions, FunctionOptions, LogOptions } from '../aws/options';
export { type GoogleProviderOptions } from '../google/options';
export { type KubernetesProviderOptions } from '../kubernetes/options';
export { type AwsExternalAccount } from '../contracts/external-account';
export { type AwsPolicyAcknowledgements, type AwsPolicyStatement } from '../aws/policy-statement';
export type { AwsRole, AwsRoleReference, IAwsRole } from '../aws/role';
export { AwsToGoogleFederation } from './federation/aws-to-google-federation';
export {
  type AwsToGoogleFederationAttributes,
  type AwsToGoogleFederationProps,
  type CredentialConfigurationOptions,
  type IAwsToGoogleFederation,
} from './federation/aws-to-google-federation-props';
export { CustomRole, type CustomRoleProps, type ICustomRole } from './google/custom-role';
export { EndpointCallers, type AwsCallers, type GoogleCallers } from './federation/endpoint-callers';
export { FederatedAwsRole, type FederatedAwsRoleProps } from './federation/federated-aws-role';
export { FleetWorkloadPool, type FleetCredentialOptions } from './google/fleet-workload-pool';
export {
  GkeOidcProvider,
  type GkeOidcProviderProps,
  type IGkeOidcProvider,
  type ITokenIssuer,
} from './federation/gke-oidc-provider';
export { GkeToAwsRole } from './federation/gke-to-aws-role';
export {
  type GkeToAwsRoleAcknowledgements,
  type GkeToAwsRoleProps,
} from './federation/gke-to-aws-role-props';
export { GoogleProjectPrerequisites } from './prerequisites/google-project-prerequisites';
export {
  type GoogleProjectPrerequisitesProps,
  type SharedSubnetwork,
  type SharedVpcAccess,
} from './prerequisites/google-project-prerequisites-props';
export {
  GoogleServiceAccount,
  type GoogleServiceAccountOptions,
  type GoogleServiceAccountProps,
  type IGoogleServiceAccount,
  type ImportedServiceAccountOptions,
} from './google/google-service-account';
export { GcsStateBackend, type GcsStateBackendProps } from './pipeline/gcs-state-backend';
export { GoogleGrants } from './google/grants';
export {
  type GrantOptions,
  type ProjectGrantAcknowledgements,
  type ProjectGrantOptions,
} from './google/grant-options';
export { IamConditions, type IamCondition } from './google/iam-condition';
export { PipelineIdentity } from './pipeline/pipeline-identity';
export {
  type PipelineAwsOptions,
  type PipelineGoogleOptions,
  type PipelineIdentityProps,
} from './pipeline/pipeline-identity-props';
export { type PipelineRuns } from './pipeline/pipeline-runs';
export {
  PipelineSource,
  type GithubRepository,
  type GithubSubjectFormat,
  type GitlabProject,
  type OidcIssuer,
} from './pipeline/pipeline-source';
export {
  type IPodAwsRole,
  type ServiceAccountTokenVolume,
  type ServiceAccountTokenVolumeMount,
} from './federation/pod-aws-role';
export { type IGooglePrincipal, type IWorkloadPool } from './google/principal';
export { type GoogleProject } from '../google/project';
export { type BucketReference, type RepositoryReference, type SecretReference } from './google/references';
export { S3StateBackend, type S3StateBackendProps } from './pipeline/s3-state-backend';
export { type IStateBackend } from './pipeline/state-backend';
export { type PipelineAccess } from './pipeline/pipeline-claims';
export { WorkloadIdentityBinding } from './google/workload-identity-binding';
export {
  type IWorkloadIdentity,
  type KubernetesServiceAccountMode,
  type WorkloadIdentityAcknowledgements,
  type WorkloadIdentityBindingProps,
  type WorkloadIdentityOptions,
} from './google/workload-identity-binding-props';
