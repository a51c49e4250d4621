export { DeployerAccess, type DeployerAccessOptions } from './deployer-access';
export {
  type GoogleCustomRoleFile,
  type GoogleDeployerAccess,
  type GoogleServiceAgent,
  type ServiceAgentKey,
} from './google-access';
export { type AwsDeployerAccess } from './aws-access';
export { type AwsPolicyFile, type AwsPolicyFileStatement } from './aws-policy-files';
export { type KubernetesClusterRole } from './kubernetes-access';
export { type KubernetesRule } from './type-permissions';
