export { type AwsAccount, type AwsPartition } from '../aws/account';
export type { AlarmOptions, AwsProviderOptions, FunctionOptions, LogOptions } from '../aws/options';
export { type GoogleProviderOptions } from '../google/options';
export { type KubernetesProviderOptions } from '../kubernetes/options';
export { type AwsExternalAccount } from '../contracts/external-account';
export { type AwsPolicyAcknowledgements, type AwsPolicyStatement } from '../aws/policy-statement';
export type { AwsRole, AwsRoleReference, IAwsRole } from '../aws/role';
export { AwsToGoogleFederation } from './aws-to-google-federation';
export {
  type AwsToGoogleFederationAttributes,
  type AwsToGoogleFederationProps,
  type CredentialConfigurationOptions,
  type IAwsToGoogleFederation,
} from './aws-to-google-federation-props';
export { CustomRole, type CustomRoleProps, type ICustomRole } from './custom-role';
export { EndpointCallers, type AwsCallers, type GoogleCallers } from './endpoint-callers';
export { FederatedAwsRole, type FederatedAwsRoleProps } from './federated-aws-role';
export { FleetWorkloadPool, type FleetCredentialOptions } from './fleet-workload-pool';
export {
  GkeOidcProvider,
  type GkeOidcProviderProps,
  type IGkeOidcProvider,
  type ITokenIssuer,
} from './gke-oidc-provider';
export { GkeToAwsRole } from './gke-to-aws-role';
export { type GkeToAwsRoleAcknowledgements, type GkeToAwsRoleProps } from './gke-to-aws-role-props';
export { GoogleProjectPrerequisites } from './google-project-prerequisites';
export {
  type GoogleProjectPrerequisitesProps,
  type SharedSubnetwork,
  type SharedVpcAccess,
} from './google-project-prerequisites-props';
export {
  GoogleServiceAccount,
  type GoogleServiceAccountOptions,
  type GoogleServiceAccountProps,
  type IGoogleServiceAccount,
  type ImportedServiceAccountOptions,
} from './google-service-account';
export { GcsStateBackend, type GcsStateBackendProps } from './gcs-state-backend';
export { GoogleGrants } from './grants';
export {
  type GrantOptions,
  type ProjectGrantAcknowledgements,
  type ProjectGrantOptions,
} from './grant-options';
export { IamConditions, type IamCondition } from './iam-condition';
export { PipelineIdentity } from './pipeline-identity';
export {
  type PipelineAwsOptions,
  type PipelineGoogleOptions,
  type PipelineIdentityProps,
} from './pipeline-identity-props';
export { type PipelineRuns } from './pipeline-runs';
export {
  PipelineSource,
  type GithubRepository,
  type GithubSubjectFormat,
  type GitlabProject,
  type OidcIssuer,
} from './pipeline-source';
export {
  type IPodAwsRole,
  type ServiceAccountTokenVolume,
  type ServiceAccountTokenVolumeMount,
} from './pod-aws-role';
export { type IGooglePrincipal, type IWorkloadPool } from './principal';
export { type GoogleProject } from '../google/project';
export { type BucketReference, type RepositoryReference, type SecretReference } from './references';
export { S3StateBackend, type S3StateBackendProps } from './s3-state-backend';
export { type IStateBackend } from './state-backend';
export { type PipelineAccess } from './pipeline-claims';
export { WorkloadIdentityBinding } from './workload-identity-binding';
export {
  type IWorkloadIdentity,
  type KubernetesServiceAccountMode,
  type WorkloadIdentityAcknowledgements,
  type WorkloadIdentityBindingProps,
  type WorkloadIdentityOptions,
} from './workload-identity-binding-props';
