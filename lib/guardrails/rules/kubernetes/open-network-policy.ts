import { isKnown } from '../../../model/values/value';
import { isBroad } from '../../../core/cidr';
import { rule } from '../../rule';
import type { Subject } from '../../subject';
import { all, fail, pass, unknown, type Verdict } from '../../verdict';
import { objectOf, typesOf } from './manifest';

const policy = (spec: object) => ({
  resource: {
    kubernetes_network_policy_v1: {
      x: { metadata: { name: 'x', namespace: 'books' }, spec: { pod_selector: {}, ...spec } },
    },
  },
});

/** Network policies that open their pods to every address. */
export const openNetworkPolicy = rule(typesOf('NetworkPolicy'), {
  id: 'K8S012',
  title: 'Network policy that opens to every address',
  severity: 'error',
  why: 'Policies add up: one open rule switches off all others of the pods.',
  fix: 'Name the pods, the namespaces or the CIDR ranges, and the ports.',
  controls: ['CIS Kubernetes 5.3.2', 'SOC 2 CC6.6', 'ISO 27001 A.8.22'],
  check: (resource) => {
    const object = objectOf(resource, 'NetworkPolicy')?.object;
    if (!object) return [];
    return all(
      ...object.blocks('spec.ingress').map((ingress) => verdictOf(ingress, 'from')),
      ...object.blocks('spec.egress').map((egress) => verdictOf(egress, 'to')),
    );
  },
  passes: [
    policy({ ingress: [], egress: [], policy_types: ['Ingress', 'Egress'] }),
    policy({
      ingress: [{ from: [{ namespace_selector: { match_labels: { a: 'b' } } }] }],
      policy_types: ['Ingress'],
    }),
    policy({
      egress: [
        { to: [{ ip_block: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: [{ port: '443' }] },
      ],
      policy_types: ['Egress'],
    }),
  ],
  fails: [
    policy({ ingress: [{}], policy_types: ['Ingress'] }),
    policy({ ingress: [{ from: [] }], policy_types: ['Ingress'] }),
    policy({
      ingress: [{ from: [{ ip_block: { cidr: '0.0.0.0/0' } }], ports: [{ port: '443' }] }],
      policy_types: ['Ingress'],
    }),
    policy({ egress: [{ to: [{ ip_block: { cidr: '0.0.0.0/0' } }] }], policy_types: ['Egress'] }),
    policy({ ingress: [{ from: [{ ip_block: { cidr: '128.0.0.0/1' } }] }], policy_types: ['Ingress'] }),
  ],
  unknowns: [policy({ ingress: [{ from: '${var.from}' }], policy_types: ['Ingress'] })],
});

/** Every peer for ingress; for egress, every address without a limit of ports. */
function verdictOf(each: Subject, peers: 'from' | 'to'): Verdict {
  const found = each.value(peers);
  if (!isKnown(found.value) && each.blocks(peers).length === 0) return found.unknown();
  const limitsPorts = each.blocks('ports').length > 0;
  if (each.blocks(peers).length === 0) {
    return peers === 'to' && limitsPorts
      ? pass
      : fail(`${each.self.property} names no peer.`, { property: found.property });
  }
  for (const peer of each.blocks(peers)) {
    const cidr = peer.value('ip_block.cidr');
    if (!peer.value('ip_block').isPresent) {
      if (
        !isKnown(peer.self.value) &&
        !peer.value('pod_selector').isPresent &&
        !peer.value('namespace_selector').isPresent
      ) {
        return unknown(`${peer.self.property} is known after apply.`, peer.self.property);
      }
      continue;
    }
    if (isBroad(cidr.text) && (peers === 'from' || !limitsPorts)) {
      return cidr.must('not have a prefix shorter than /8, or /32 for IPv6');
    }
    if (cidr.outline.includes('…')) return cidr.unknown();
  }
  return pass;
}
