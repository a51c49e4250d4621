import { ContainerCluster } from '@cdktf/provider-google/lib/container-cluster';
import type { TerraformProvider } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { dependenciesWithin, type AwaitedResource } from '../core/ordering';
import { provider, optional } from '../core/rules';
import { validate } from '../core/validation';
import { project as projectRule, type GoogleProject } from '../google/project';
import { GkeClusterBase, type GkeClusterAttributes } from './cluster';
import { ImportBlock } from './import-block';
import { clusterName, location as locationRule } from '../google/locations';

/** Existing cluster to adopt. */
export interface AdoptedGkeClusterProps extends GkeClusterAttributes {
  /**
   * Google provider of the cluster.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}

/**
 * Every argument of google_container_cluster 6.50 except the name of the cluster and its workload pool: the
 * cluster keeps its settings. A test compares the list with the provider's schema.
 */
export const KEPT_AS_THEY_ARE: readonly string[] = [
  'addons_config',
  'allow_net_admin',
  'anonymous_authentication_config',
  'authenticator_groups_config',
  'binary_authorization',
  'cluster_autoscaling',
  'cluster_ipv4_cidr',
  'confidential_nodes',
  'control_plane_endpoints_config',
  'cost_management_config',
  'database_encryption',
  'datapath_provider',
  'default_max_pods_per_node',
  'default_snat_status',
  'description',
  'disable_l4_lb_firewall_reconciliation',
  'dns_config',
  'enable_autopilot',
  'enable_cilium_clusterwide_network_policy',
  'enable_fqdn_network_policy',
  'enable_intranode_visibility',
  'enable_k8s_beta_apis',
  'enable_kubernetes_alpha',
  'enable_l4_ilb_subsetting',
  'enable_legacy_abac',
  'enable_multi_networking',
  'enable_shielded_nodes',
  'enable_tpu',
  'enterprise_config',
  'fleet',
  'gateway_api_config',
  'gke_auto_upgrade_config',
  'identity_service_config',
  'in_transit_encryption_config',
  'initial_node_count',
  'ip_allocation_policy',
  'logging_config',
  'logging_service',
  'maintenance_policy',
  'master_auth',
  'master_authorized_networks_config',
  'mesh_certificates',
  'min_master_version',
  'monitoring_config',
  'monitoring_service',
  'network',
  'network_performance_config',
  'network_policy',
  'networking_mode',
  'node_config',
  'node_locations',
  'node_pool',
  'node_pool_auto_config',
  'node_pool_defaults',
  'node_version',
  'notification_config',
  'pod_autoscaling',
  'private_cluster_config',
  'private_ipv6_google_access',
  'rbac_binding_config',
  'release_channel',
  'remove_default_node_pool',
  'resource_labels',
  'resource_usage_export_config',
  'secret_manager_config',
  'security_posture_config',
  'service_external_ips_config',
  'subnetwork',
  'user_managed_keys_config',
  'vertical_pod_autoscaling',
];

/**
 * A cluster that exists, taken into Terraform's state by an import block, with its workload pool switched on
 * and nothing else changed: what `gcloud container clusters update NAME --workload-pool=…` does.
 */
export class AdoptedGkeCluster extends GkeClusterBase {
  public readonly project: GoogleProject;
  public readonly name: string;
  public readonly location: string;
  private readonly cluster: ContainerCluster;

  constructor(scope: Construct, id: string, given: AdoptedGkeClusterProps) {
    super(scope, id);
    const props = validate(this, given, {
      project: projectRule,
      name: clusterName,
      location: locationRule,
      googleProvider: optional(provider('google')),
    });
    this.project = props.project;
    this.name = props.name;
    this.location = props.location;
    this.cluster = new ContainerCluster(this, 'cluster', {
      project: this.project.id,
      name: this.name,
      location: this.location,
      deletionProtection: true,
      workloadIdentityConfig: { workloadPool: this.workloadPool },
      lifecycle: { ignoreChanges: [...KEPT_AS_THEY_ARE] },
      provider: props.googleProvider,
    });
    this.node.defaultChild = this.cluster;
    new ImportBlock(this, 'import', {
      to: this.cluster,
      existingId: this.id,
      provider: props.googleProvider,
    });
  }

  public dependenciesIn(scope: IConstruct): AwaitedResource[] {
    return dependenciesWithin(scope, [this.cluster]);
  }
}
