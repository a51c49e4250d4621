import { overlap } from '../../../core/cidr';
import { isKnown } from '../../../model/values/value';
import type { ResourceIndex } from '../../resource-index';
import { rule } from '../../rule';
import { Subject } from '../../subject';
import { fail, pass, unknown } from '../../verdict';
import { objectOf, typesOf } from './manifest';

const POLICIES = typesOf('NetworkPolicy');
/** Addresses of the metadata server. https://cloud.google.com/kubernetes-engine/docs/how-to/network-policy */
const SERVER = ['169.254.169.252/32', '169.254.169.254/32'];
const ANNOTATION = 'iam.gke.io/gcp-service-account';

interface Egress {
  readonly denied: ReadonlySet<string>;
  readonly toServer: ReadonlySet<string>;
  /** Whether only Terraform knows a part of a policy. */
  readonly isOpen: boolean;
}

/** Namespaces whose pods may connect to nothing by default, and those with a rule for the metadata server. */
function egressOf(index: ResourceIndex): Egress {
  const denied = new Set<string>();
  const toServer = new Set<string>();
  let isOpen = false;
  for (const resource of index.ofType(...POLICIES)) {
    const policy = objectOf(new Subject(resource, index), 'NetworkPolicy')?.object;
    if (!policy) continue;
    const namespace = policy.value('metadata.namespace').text;
    isOpen ||= ![policy.value('metadata.namespace'), policy.value('spec')].every(({ value }) =>
      isKnown(value),
    );
    const isEgress = policy.value('spec.policy_types').elements.some(({ text }) => text === 'Egress');
    if (isEgress && policy.value('spec.pod_selector.match_labels').elements.length === 0)
      denied.add(namespace);
    const peers = policy.blocks('spec.egress').flatMap((egress) => egress.blocks('to'));
    const toAll = policy.blocks('spec.egress').some((egress) => egress.blocks('to').length === 0);
    if (toAll || peers.some(reachesServer)) toServer.add(namespace);
  }
  return { denied, toServer, isOpen };
}

function reachesServer(peer: Subject): boolean {
  const exceptions = peer.value('ip_block.except').elements;
  return SERVER.some(
    (address) =>
      overlap(peer.value('ip_block.cidr').text, address) &&
      !exceptions.some(({ text }) => overlap(text, address)),
  );
}

const account = (annotations: object) => ({
  kubernetes_service_account_v1: { x: { metadata: { name: 'api', namespace: 'shop', annotations } } },
});
const policy = (name: string, egress: readonly object[]) => ({
  [name]: {
    metadata: { name, namespace: 'shop' },
    spec: { pod_selector: {}, policy_types: ['Egress'], egress },
  },
});
const toServer = policy('metadata', [
  { to: [{ ip_block: { cidr: '169.254.169.252/32' } }], ports: [{ port: '988' }] },
]);

/** Pods with a Google identity that cannot reach the server that gives them tokens. */
export const metadataEgress = rule(['kubernetes_service_account_v1', 'kubernetes_service_account'], {
  id: 'K8S021',
  title: 'Google identity without a path to the metadata server',
  severity: 'error',
  why: 'The pods wait for a token until their client times out.',
  fix: 'Allow egress to 169.254.169.252 on port 988, and to 169.254.169.254 on port 80 with Dataplane V2.',
  check: (resource) => {
    const annotation = resource.entry('metadata.annotations', ANNOTATION);
    if (!annotation.isPresent) return pass;
    const namespace = resource.value('metadata.namespace');
    const { denied, toServer: reachable, isOpen } = resource.index.derive('egress', egressOf);
    if (isOpen) return unknown('A network policy has a part that is known after apply.');
    if (denied.size === 0) return pass;
    if (!isKnown(namespace.value)) return namespace.unknown();
    if (!denied.has(namespace.text) || reachable.has(namespace.text)) return pass;
    if (annotation.canBeOmitted) return annotation.unknown();
    return fail(`The network policies of ${namespace.text} deny the metadata server.`);
  },
  passes: [
    { resource: account({ [ANNOTATION]: 'x@p.iam.gserviceaccount.com' }) },
    {
      resource: {
        ...account({ [ANNOTATION]: 'x@p.iam.gserviceaccount.com' }),
        kubernetes_network_policy_v1: { ...policy('deny', []), ...toServer },
      },
    },
  ],
  fails: [
    {
      resource: {
        ...account({ [ANNOTATION]: 'x@p.iam.gserviceaccount.com' }),
        kubernetes_network_policy_v1: {
          ...policy('deny', []),
          ...policy('internet', [{ to: [{ ip_block: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }] }]),
        },
      },
    },
    {
      resource: {
        ...account({ [ANNOTATION]: 'x@p.iam.gserviceaccount.com' }),
        kubernetes_network_policy_v1: policy('deny', []),
      },
    },
  ],
});
