import {
  NetworkPolicyV1,
  type NetworkPolicyV1SpecEgress,
  type NetworkPolicyV1SpecIngress,
} from '@cdktf/provider-kubernetes/lib/network-policy-v1';
import type { TerraformProvider } from 'cdktf';
import type { Construct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { NON_PUBLIC_RANGES } from '../kubernetes/private-ranges';

/** How pods reach Google APIs. */
export type GoogleApiAccess =
  /** By their ordinary names: HTTPS to any public address, since those of Google change. */
  | 'public'
  /** By private.googleapis.com, which the DNS of the network must answer with. */
  | 'private'
  /** By restricted.googleapis.com, for VPC Service Controls. */
  | 'restricted'
  /** Not at all. */
  | 'none';

/** Scope of the policies and the resources that they wait for. */
export interface PolicyContext {
  readonly scope: Construct;
  readonly namespace: string;
  /** Namespace, if the stack creates it. */
  readonly waitsFor?: AwaitedResource;
  readonly provider?: TerraformProvider;
}

const ANY_POD = {};

interface Policy {
  readonly podSelector?: { readonly matchLabels: Record<string, string> };
  readonly policyTypes: string[];
  readonly ingress?: NetworkPolicyV1SpecIngress[];
  readonly egress?: NetworkPolicyV1SpecEgress[];
}

/** Makes one NetworkPolicy, whose construct id is its name. */
export function networkPolicy(context: PolicyContext, name: string, policy: Policy): NetworkPolicyV1 {
  return new NetworkPolicyV1(context.scope, name, {
    metadata: { name, namespace: context.namespace },
    spec: { ...policy, podSelector: policy.podSelector ?? ANY_POD },
    dependsOn: context.waitsFor && [context.waitsFor],
    provider: context.provider,
  });
}

const address = (cidr: string) => ({ ipBlock: { cidr } });
const port = (number: number, protocol = 'TCP') => ({ port: String(number), protocol });

/** Nothing in, nothing out, but what other policies allow. */
export function denyByDefault(context: PolicyContext): void {
  networkPolicy(context, 'default-deny', { policyTypes: ['Ingress', 'Egress'] });
}

/**
 * DNS in every form that GKE has: kube-dns, NodeLocal DNSCache and Cloud DNS.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
 */
export function allowDns(context: PolicyContext): void {
  networkPolicy(context, 'allow-dns', {
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
          },
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
            podSelector: { matchLabels: { 'k8s-app': 'node-local-dns' } },
          },
          address('169.254.20.10/32'),
          address('169.254.169.254/32'),
        ],
        ports: [port(53, 'UDP'), port(53)],
      },
    ],
  });
}

/**
 * The metadata server, from which pods get their Google identity: 169.254.169.252:988, and on Dataplane V2
 * 169.254.169.254:80. https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
export function allowMetadataServer(context: PolicyContext): void {
  networkPolicy(context, 'allow-metadata-server', {
    policyTypes: ['Egress'],
    egress: [
      { to: [address('169.254.169.252/32')], ports: [port(988)] },
      { to: [address('169.254.169.254/32')], ports: [port(80)] },
    ],
  });
}

/** https://cloud.google.com/vpc/docs/configure-private-google-access */
const GOOGLE_APIS: Readonly<Record<Exclude<GoogleApiAccess, 'none'>, object>> = {
  public: { ipBlock: { cidr: '0.0.0.0/0', except: NON_PUBLIC_RANGES } },
  private: address('199.36.153.8/30'),
  restricted: address('199.36.153.4/30'),
};

/** HTTPS to Google APIs. */
export function allowGoogleApis(context: PolicyContext, access: GoogleApiAccess): void {
  if (access === 'none') return;
  networkPolicy(context, 'allow-google-apis', {
    policyTypes: ['Egress'],
    egress: [{ to: [GOOGLE_APIS[access]], ports: [port(443)] }],
  });
}
