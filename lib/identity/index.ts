export { CustomRole, type CustomRoleProps, type ICustomRole } from './custom-role';
export { FleetWorkloadPool, type FleetCredentialOptions } from './fleet-workload-pool';
export {
  GoogleServiceAccount,
  type GoogleServiceAccountOptions,
  type GoogleServiceAccountProps,
  type IGoogleServiceAccount,
  type ImportedServiceAccountOptions,
} from './google-service-account';
export { GoogleGrants } from './grants';
export {
  type GrantOptions,
  type ProjectGrantAcknowledgements,
  type ProjectGrantOptions,
} from './grant-options';
export { IamConditions, type IamCondition } from './iam-condition';
export { type IGooglePrincipal, type IWorkloadPool } from './principal';
export { type GoogleProject } from './project';
export { type BucketReference, type RepositoryReference, type SecretReference } from './references';
export { WorkloadIdentityBinding } from './workload-identity-binding';
export {
  type IWorkloadIdentity,
  type KubernetesServiceAccountMode,
  type WorkloadIdentityAcknowledgements,
  type WorkloadIdentityBindingProps,
  type WorkloadIdentityOptions,
} from './workload-identity-props';
