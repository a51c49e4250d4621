import { BlockList, isIPv4 } from 'node:net';
import type { ModelObject } from '../../model/values/value';
import type { KubernetesObject } from '../edges/kubernetes-object';
import type { KubernetesObjects } from '../edges/kubernetes-rbac';
import { PODS } from '../edges/pods';
import { allTexts, anyText, blocks } from '../edges/reader';
import type { AccessNode } from '../graph/node';
import type { Rejection } from './link';

/** A connection that a pod needs for a call to a cloud. One of the addresses is enough. */
interface Connection {
  readonly purpose: string;
  readonly protocol: 'TCP' | 'UDP';
  /** Addresses with their port. */
  readonly to: readonly (readonly [string, number])[];
  /** Rule that allows the connection. */
  readonly rule: ModelObject;
}

const cidr = (block: string): ModelObject => ({ ip_block: { cidr: block } });
const ports = (...list: readonly (readonly [string, string])[]): readonly ModelObject[] =>
  list.map(([port, protocol]) => ({ port, protocol }));

/**
 * Connections of a pod to Google: a token of the metadata server, then a call. The addresses are the public ones and
 * those of private.googleapis.com and restricted.googleapis.com.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity#authenticating_to
 * https://cloud.google.com/vpc/docs/configure-private-google-access
 */
const CONNECTIONS: readonly Connection[] = [
  {
    purpose: 'the metadata server (169.254.169.252, port 988)',
    protocol: 'TCP',
    to: [
      ['169.254.169.252', 988],
      ['169.254.169.254', 80],
    ],
    rule: { to: [cidr('169.254.169.252/32')], ports: ports(['988', 'TCP']) },
  },
  {
    purpose: 'Google APIs (port 443)',
    protocol: 'TCP',
    to: [
      ['142.250.0.1', 443],
      ['199.36.153.10', 443],
      ['199.36.153.6', 443],
    ],
    rule: { to: [cidr('0.0.0.0/0')], ports: ports(['443', 'TCP']) },
  },
];

const DNS: Connection = {
  purpose: 'DNS (port 53)',
  protocol: 'UDP',
  to: [['169.254.20.10', 53]],
  rule: {
    to: [{ namespace_selector: {} }, cidr('169.254.20.10/32')],
    ports: ports(['53', 'UDP'], ['53', 'TCP']),
  },
};

/** Rejections of the calls of a pod to Google by the network policies of its namespace. */
export function networkRejections(
  account: AccessNode,
  { networkPolicies, workloads }: KubernetesObjects,
): readonly Rejection[] {
  const namespace = account.scope;
  const labels = workloads.flatMap((each) => podLabels(each, account));
  const policies = networkPolicies.filter(
    (each) =>
      each.namespace === namespace &&
      isEgress(each) &&
      (isSelected(each, {}) || labels.some((pod) => isSelected(each, pod))),
  );
  const closing = policies.find((each) => isSelected(each, {}));
  if (closing === undefined || namespace === undefined) return [];
  const rules = policies.flatMap(({ fields }) => blocks(fields, 'spec.egress'));
  return [DNS, ...CONNECTIONS]
    .filter((each) => !rules.some((rule) => allows(rule, each)))
    .map(({ purpose, protocol, rule }) => ({
      stage: 'network',
      cause: `The network policy ${closing.name ?? ''} closes the namespace ${namespace}, and no policy opens ${purpose}.`,
      stack: closing.resource.stack,
      address: closing.resource.address,
      change: {
        kind: 'add',
        stack: closing.resource.stack,
        type: 'kubernetes_network_policy_v1',
        values: {
          metadata: {
            name: `allow-${purpose.replace(/ .*$/, '').toLowerCase()}-${protocol.toLowerCase()}`,
            namespace,
          },
          spec: { pod_selector: {}, policy_types: ['Egress'], egress: [rule] },
        },
      },
      cost: 1,
    }));
}

/** Whether a policy is about outgoing connections. https://kubernetes.io/docs/concepts/services-networking/network-policies */
function isEgress({ fields }: KubernetesObject): boolean {
  const [spec = {}] = blocks(fields, 'spec');
  const types = allTexts(spec.policy_types);
  return types.length > 0 ? types.includes('Egress') : spec.egress !== undefined;
}

/** Whether a policy selects a pod with these labels; without labels, whether it selects each pod of its namespace. */
function isSelected({ fields }: KubernetesObject, labels: ModelObject): boolean {
  const [selector = {}] = blocks(fields, 'spec.pod_selector');
  const [wanted = {}] = blocks(selector, 'match_labels');
  return (
    blocks(selector, 'match_expressions').length === 0 &&
    Object.entries(wanted).every(([name, value]) => labels[name] === value)
  );
}

/** Labels of the pods of a workload that runs as the service account. */
function podLabels(workload: KubernetesObject, account: AccessNode): readonly ModelObject[] {
  const path = PODS[workload.kind] ?? '';
  const runsAs = blocks(workload.fields, path).some(
    (pod) => `${workload.namespace}/${anyText(pod.service_account_name)}` === account.label,
  );
  return runsAs ? blocks(workload.fields, `${path.replace(/spec$/, '')}metadata.labels`) : [];
}

function allows(rule: ModelObject, { protocol, to }: Connection): boolean {
  const peers = blocks(rule, 'to');
  return to.some(
    ([address, port]) =>
      isPort(rule, protocol, port) &&
      (peers.length === 0 || peers.some((peer) => isPeer(peer, address, port))),
  );
}

function isPort(rule: ModelObject, protocol: string, port: number): boolean {
  const listed = blocks(rule, 'ports');
  return (
    listed.length === 0 ||
    listed.some((each) => {
      if ((anyText(each.protocol) || 'TCP') !== protocol) return false;
      const first = anyText(each.port);
      const last = anyText(each.end_port) || first;
      // A named port is that of a pod.
      return first === '' || (port >= Number(first) && port <= Number(last));
    })
  );
}

/** Whether a peer is the address; each pod that answers DNS is behind a selector. */
function isPeer(peer: ModelObject, address: string, port: number): boolean {
  const [block] = blocks(peer, 'ip_block');
  if (block === undefined) return port === 53 && peer.namespace_selector !== undefined;
  return (
    isWithin(anyText(block.cidr), address) && !allTexts(block.except).some((each) => isWithin(each, address))
  );
}

function isWithin(block: string, address: string): boolean {
  const [network = '', prefix = '32'] = block.split('/');
  // A block that only Terraform knows can have the address.
  if (!isIPv4(network)) return block.includes('${');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix));
  return list.check(address);
}
