import { rule } from '../../rule';
import { all } from '../../verdict';
import { CLUSTER } from './autopilot';

const PORT = 'insecure_kubelet_readonly_port_enabled';
const PLACES = [
  `node_config.kubelet_config.${PORT}`,
  `node_pool_defaults.node_config_defaults.${PORT}`,
  `node_pool_auto_config.node_kubelet_config.${PORT}`,
];

/** Kubelets that answer every client in the network. */
export const kubeletPort = rule(['google_container_cluster', 'google_container_node_pool'], {
  id: 'GKE012',
  title: 'Read-only port of the kubelet',
  severity: 'error',
  why: 'Every pod in the network reads the specifications of all pods of a node without credentials.',
  fix: 'Set insecure_kubelet_readonly_port_enabled to "FALSE".',
  controls: ['CIS GKE 4.2.4', 'SOC 2 CC6.1'],
  check: (resource) =>
    all(
      ...PLACES.map((place) => resource.value(place))
        .filter(({ isPresent }) => isPresent)
        .map((port) => port.isNot('TRUE', true)),
    ),
  passes: [CLUSTER, { ...CLUSTER, node_pool_auto_config: { node_kubelet_config: { [PORT]: 'FALSE' } } }],
  fails: [{ ...CLUSTER, node_pool_auto_config: { node_kubelet_config: { [PORT]: 'TRUE' } } }],
});
