import { rule } from '../../rule';
import { all } from '../../verdict';
import { CLUSTER } from './autopilot';

/** Ways into a cluster that RBAC does not limit or that need no identity. */
export const legacyAccess = rule('google_container_cluster', {
  id: 'GKE011',
  title: 'Legacy or anonymous access to the control plane',
  severity: 'error',
  why: 'ABAC, client certificates and anonymous users bypass the roles that the cluster states.',
  fix: 'Remove the argument or set it to its default.',
  controls: ['CIS GKE 5.8.1', 'CIS GKE 5.8.3', 'SOC 2 CC6.1'],
  check: (cluster) =>
    all(
      cluster.value('enable_legacy_abac').or(false).is(false),
      cluster.value('master_auth.client_certificate_config.issue_client_certificate').or(false).is(false),
      cluster.value('rbac_binding_config.enable_insecure_binding_system_unauthenticated').or(false).is(false),
      cluster.value('rbac_binding_config.enable_insecure_binding_system_authenticated').or(false).is(false),
    ),
  passes: [CLUSTER, { ...CLUSTER, enable_legacy_abac: false }],
  fails: [
    { ...CLUSTER, enable_legacy_abac: true },
    { ...CLUSTER, master_auth: { client_certificate_config: { issue_client_certificate: true } } },
    { ...CLUSTER, rbac_binding_config: { enable_insecure_binding_system_unauthenticated: true } },
  ],
});
