import { rule } from '../../rule';
import { all, pass, type Verdict } from '../../verdict';
import type { Subject } from '../../subject';
import { CLUSTER } from './autopilot';
import { ofEachPool, POOL_OWNERS } from './node-pools';

const PORT = 'insecure_kubelet_readonly_port_enabled';
const OF_POOL = `node_config.kubelet_config.${PORT}`;
const OF_CLUSTER = [
  `node_pool_defaults.node_config_defaults.${PORT}`,
  `node_pool_auto_config.node_kubelet_config.${PORT}`,
];

const clusterWith = (value: string) => ({
  resource: {
    google_container_cluster: {
      books: { ...CLUSTER, node_pool_auto_config: { node_kubelet_config: { [PORT]: value } } },
    },
  },
});

/** Kubelets that answer every client in the network. */
export const kubeletPort = rule(POOL_OWNERS, {
  id: 'GKE012',
  title: 'Read-only port of the kubelet',
  severity: 'error',
  why: 'Every pod in the network reads the specifications of all pods of a node without credentials.',
  fix: 'Set insecure_kubelet_readonly_port_enabled to "FALSE".',
  controls: ['CIS GKE 4.2.4', 'SOC 2 CC6.1'],
  check: (resource) =>
    all(
      ...OF_CLUSTER.map((place) => isClosed(resource, place)),
      ...ofEachPool(resource, (pool) => isClosed(pool, OF_POOL)),
    ),
  passes: [clusterWith('FALSE'), { name: 'main', cluster: 'books' }],
  fails: [
    clusterWith('TRUE'),
    { name: 'main', cluster: 'books', node_config: { kubelet_config: { [PORT]: 'TRUE' } } },
  ],
});

function isClosed(owner: Subject, place: string): Verdict {
  const port = owner.value(place);
  return port.isPresent ? port.isNot('TRUE', true) : pass;
}
