import { NetworkPolicyV1 } from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { Construct } from 'constructs';
import type { WithInherited } from '../../core/inherited';
import { undefinedIfEmpty } from '../../core/ordering';
import { LISTEN_PORT } from './envoy/listener';
import type { VerifiedEndpointProps } from './verified-endpoint-props';
import { NON_PUBLIC_RANGES } from '../../kubernetes/private-ranges';

type Labels = Readonly<Record<string, string>>;

/** Opens the way from the callers through the endpoint to the service, and the way to the public keys. */
export function openWays(
  scope: Construct,
  props: WithInherited<VerifiedEndpointProps>,
  endpoint: Labels,
): void {
  admitCallers(props, endpoint);
  admitEndpoint(props, endpoint);
  letOut(scope, props, endpoint);
}

function admitCallers(
  { name, namespace, allowedRanges, allowedNamespaces }: WithInherited<VerifiedEndpointProps>,
  to: Labels,
): void {
  const ports = [LISTEN_PORT];
  if (allowedRanges) namespace.allowIngress(`${name}-from-ranges`, { to, ports, fromCidrs: allowedRanges });
  const own = allowedRanges === undefined ? [namespace.name] : [];
  (allowedNamespaces ?? own).forEach((fromNamespace, index) => {
    namespace.allowIngress(`${name}-from-namespace-${index}`, { to, ports, fromNamespace });
  });
}

/** Policies add up: traffic that another policy allows to these pods needs no token. */
function admitEndpoint(
  { name, namespace, service }: WithInherited<VerifiedEndpointProps>,
  endpoint: Labels,
): void {
  namespace.allowIngress(`${name}-to-service`, {
    to: service.workload.podLabels,
    ports: [service.port],
    fromPods: endpoint,
  });
}

function letOut(scope: Construct, props: WithInherited<VerifiedEndpointProps>, endpoint: Labels): void {
  const { name, namespace, service } = props;
  new NetworkPolicyV1(scope, 'egress', {
    metadata: { name: `${name}-egress`, namespace: namespace.name },
    spec: {
      podSelector: { matchLabels: { ...endpoint } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [{ podSelector: { matchLabels: { ...service.workload.podLabels } } }],
          ports: [{ port: String(service.port), protocol: 'TCP' }],
        },
        {
          // The addresses of the keys change, and AWS names no range for its own.
          to: [{ ipBlock: { cidr: '0.0.0.0/0', except: [...NON_PUBLIC_RANGES] } }],
          ports: [{ port: '443', protocol: 'TCP' }],
        },
      ],
    },
    dependsOn: undefinedIfEmpty(namespace.dependenciesIn(scope)),
    provider: namespace.kubernetesProvider,
  });
}
