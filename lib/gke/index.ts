export { AcceleratorQuota, type AcceleratorAccess, type AcceleratorQuotaProps } from './accelerator-quota';
export { type AdoptedGkeClusterProps } from './adopted-cluster';
export { type GkeClusterAttributes, type GkeClusterBase, type IGkeCluster } from './cluster';
export { GkeCluster } from './gke-cluster';
export {
  type AuthorizedNetwork,
  type GkeClusterAcknowledgements,
  type GkeClusterProps,
  type MaintenanceWindow,
} from './gke-cluster-props';
export {
  GkeKubernetesProvider,
  type ControlPlaneEndpoint,
  type GkeKubernetesProviderProps,
} from './gke-kubernetes-provider';
export { GkeNetwork, type GkeNetworkAttributes, type GkeNetworkProps, type IGkeNetwork } from './gke-network';
export { GkeNodePool, type GkeNodePoolProps } from './gke-node-pool';
export { IsolatedNamespace } from './isolated-namespace';
export {
  type ContainerDefaults,
  type EgressOptions,
  type IngressOptions,
  type IsolatedNamespaceProps,
} from './isolated-namespace-props';
export { type INamespace } from './namespace';
export { LabelBasedRole, type LabelBasedAccess, type LabelBasedRoleProps } from './label-based-role';
export { type GoogleApiAccess } from './namespace-policies';
export {
  type GkeNodePoolOptions,
  type GpuSharing,
  type NodeGpu,
  type NodePoolAutoscaling,
  type NodeTaint,
} from './node-pool/node-pool-options';
export { Workload } from './workload';
export {
  type WorkloadAcknowledgements,
  type WorkloadAutoscaling,
  type WorkloadProbe,
  type WorkloadProps,
  type WorkloadResources,
} from './workload-props';
export { VerifiedEndpoint } from './verified-endpoint/verified-endpoint';
export type {
  EndpointLimits,
  EndpointResources,
  EndpointService,
  IEndpointWorkload,
  VerifiedEndpointAcknowledgements,
  VerifiedEndpointProps,
} from './verified-endpoint/verified-endpoint-props';
export { type Toleration } from '../kubernetes/toleration';
