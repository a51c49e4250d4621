import { rule } from '../../rule';
import { all } from '../../verdict';
import { deploymentOf, POD_SPEC, POD_TYPES, podsOf } from './pod';

/** Pods in the namespaces or the file system of their node. */
export const hostNamespace = rule(POD_TYPES, {
  id: 'K8S002',
  title: 'Pod in a namespace or the file system of its node',
  severity: 'error',
  why: 'A pod in the network of the node bypasses Workload Identity and network policies; a path of the node opens it.',
  fix: 'Remove host_network, host_pid, host_ipc and volumes of the type host_path.',
  controls: ['CIS Kubernetes 5.2.3', 'SOC 2 CC6.6'],
  check: (resource) =>
    podsOf(resource).flatMap((pod) =>
      all(
        pod.value('host_network').or(false).is(false),
        pod.value('host_pid').or(false).is(false),
        pod.value('host_ipc').or(false).is(false),
        ...pod.blocks('volume').map((volume) => volume.value('host_path').isNotSet()),
      ),
    ),
  passes: [deploymentOf({ ...POD_SPEC, volume: [{ name: 'tmp', empty_dir: {} }] })],
  fails: [
    deploymentOf({ ...POD_SPEC, host_network: true }),
    deploymentOf({ ...POD_SPEC, host_pid: true }),
    deploymentOf({ ...POD_SPEC, volume: [{ name: 'node', host_path: { path: '/' } }] }),
  ],
});
