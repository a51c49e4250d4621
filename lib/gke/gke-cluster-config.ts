import type { ContainerClusterConfig } from '@cdktf/provider-google/lib/container-cluster';
import type { WithInherited } from '../core/inherited';
import type { GkeClusterProps } from './gke-cluster-props';

/*
 * The arguments of google_container_cluster: what both modes share, and what each adds. Sources of the
 * defaults: https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster and the CIS
 * benchmark for GKE.
 */

// Sorted: the provider compares lists, and the order of GKE is not documented.
const LOGS = ['APISERVER', 'CONTROLLER_MANAGER', 'SCHEDULER', 'SYSTEM_COMPONENTS', 'WORKLOADS'];
const METRICS = [
  'CADVISOR',
  'DAEMONSET',
  'DEPLOYMENT',
  'HPA',
  'KUBELET',
  'POD',
  'STATEFULSET',
  'STORAGE',
  'SYSTEM_COMPONENTS',
];

/** Arguments of the cluster, without the order and the provider, which the construct adds. */
export function clusterArguments(
  props: WithInherited<GkeClusterProps>,
  workloadPool: string,
  nodeAccountEmail: string,
): ContainerClusterConfig {
  return {
    project: props.project.id,
    name: props.name,
    location: props.location,
    deletionProtection: props.deletionProtection ?? true,
    releaseChannel: { channel: props.releaseChannel ?? 'REGULAR' },
    workloadIdentityConfig: { workloadPool },
    ...network(props),
    ...controlPlane(props),
    ...hardening(props),
    ...operations(props),
    ...(props.mode === 'standard' ? standard(nodeAccountEmail) : autopilot(nodeAccountEmail)),
  };
}

type Arguments = Partial<ContainerClusterConfig>;

function network({
  network: { network, subnetwork, podsRangeName, servicesRangeName },
  publicIpEndpoint,
}: WithInherited<GkeClusterProps>): Arguments {
  return {
    network,
    subnetwork,
    datapathProvider: 'ADVANCED_DATAPATH',
    networkingMode: 'VPC_NATIVE',
    ipAllocationPolicy: {
      clusterSecondaryRangeName: podsRangeName,
      servicesSecondaryRangeName: servicesRangeName,
    },
    privateClusterConfig: {
      enablePrivateNodes: true,
      // GKE reports the private endpoint as enabled while the IP endpoint is off: any other value is a permanent diff.
      enablePrivateEndpoint: publicIpEndpoint !== true,
    },
  };
}

function controlPlane({
  dnsEndpointExternalTraffic,
  authorizedNetworks,
}: WithInherited<GkeClusterProps>): Arguments {
  return {
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: dnsEndpointExternalTraffic ?? true },
      ipEndpointsConfig: { enabled: authorizedNetworks !== undefined },
    },
    // While the IP endpoint is off, the provider neither sends this block nor reads one back.
    masterAuthorizedNetworksConfig:
      authorizedNetworks === undefined
        ? undefined
        : {
            gcpPublicCidrsAccessEnabled: false,
            cidrBlocks: authorizedNetworks.map(({ cidr, displayName }) => ({ cidrBlock: cidr, displayName })),
          },
  };
}

function hardening(props: WithInherited<GkeClusterProps>): Arguments {
  return {
    enableLegacyAbac: false,
    masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
    anonymousAuthenticationConfig: { mode: 'LIMITED' },
    rbacBindingConfig: {
      enableInsecureBindingSystemAuthenticated: false,
      enableInsecureBindingSystemUnauthenticated: false,
    },
    securityPostureConfig: { mode: 'BASIC' },
    secretManagerConfig: { enabled: props.secretManagerAddon ?? true },
    databaseEncryption:
      props.databaseKmsKeyName === undefined
        ? undefined
        : { state: 'ENCRYPTED', keyName: props.databaseKmsKeyName },
    binaryAuthorization:
      props.binaryAuthorization === true ? { evaluationMode: 'PROJECT_SINGLETON_POLICY_ENFORCE' } : undefined,
    authenticatorGroupsConfig:
      props.rbacSecurityGroup === undefined ? undefined : { securityGroup: props.rbacSecurityGroup },
  };
}

function operations(props: WithInherited<GkeClusterProps>): Arguments {
  return {
    loggingConfig: { enableComponents: LOGS },
    monitoringConfig: { enableComponents: METRICS, managedPrometheus: { enabled: true } },
    costManagementConfig: { enabled: true },
    resourceLabels: props.labels,
    fleet: props.fleetProject === undefined ? undefined : { project: props.fleetProject },
    maintenancePolicy:
      props.maintenanceWindow === undefined ? undefined : { recurringWindow: { ...props.maintenanceWindow } },
  };
}

function autopilot(nodeAccountEmail: string): Arguments {
  return {
    enableAutopilot: true,
    clusterAutoscaling: { autoProvisioningDefaults: { serviceAccount: nodeAccountEmail } },
    nodePoolAutoConfig: { nodeKubeletConfig: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
  };
}

function standard(nodeAccountEmail: string): Arguments {
  return {
    enableShieldedNodes: true,
    enableIntranodeVisibility: true,
    nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: 'FALSE' } },
    // GKE makes a first pool with the cluster. It is removed at once, but while it lives it must not run as the
    // default account; afterwards its settings mean nothing, and a difference in them would replace the cluster.
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    nodeConfig: {
      serviceAccount: nodeAccountEmail,
      oauthScopes: ['https://www.googleapis.com/auth/cloud-platform'],
      workloadMetadataConfig: { mode: 'GKE_METADATA' },
      shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
    },
    lifecycle: { ignoreChanges: ['node_config', 'initial_node_count'] },
  };
}
