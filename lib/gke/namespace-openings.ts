import { Construct } from 'constructs';
import { cidrOf } from '../core/cidr';
import { integer, knownAtSynth, list, optional, type Report } from '../core/rules';
import { validate } from '../core/validation';
import { dnsLabel } from '../kubernetes/names';
import { someLabels } from '../kubernetes/namespace-and-labels';
import type { EgressOptions, IngressOptions } from './isolated-namespace-props';
import { networkPolicy, type PolicyContext } from './namespace-policies';

// A port that Terraform evaluates to null would open every port, and an empty list of ranges every address.
const ports = knownAtSynth(list(knownAtSynth(integer(1, 65_535)), { min: 1 }));
const ranges = knownAtSynth(list(cidrOf(0, 32), { min: 1 }));

/** NetworkPolicies that allow connections, each by its name. */
export class NamespaceOpenings {
  private readonly names: Set<string>;

  /** @param reserved names of other NetworkPolicies of the namespace */
  constructor(
    private readonly context: PolicyContext,
    reserved: readonly string[] = [],
  ) {
    this.names = new Set(reserved);
  }

  /** Allows connections to pods. */
  public allowIngress(id: string, options: IngressOptions): void {
    const rule = new Construct(this.context.scope, `ingress-${id}`);
    validate(
      rule,
      options,
      {
        to: someLabels,
        ports,
        fromNamespace: optional(knownAtSynth(dnsLabel)),
        fromPods: optional(someLabels),
        fromCidrs: optional(ranges),
      },
      (values, report) => {
        this.checkName(id, report);
        checkSources(values, report);
      },
    );
    this.names.add(id);
    const pods = {
      podSelector: options.fromPods ? { matchLabels: { ...options.fromPods } } : {},
      namespaceSelector: options.fromNamespace
        ? { matchLabels: { 'kubernetes.io/metadata.name': options.fromNamespace } }
        : undefined,
    };
    networkPolicy({ ...this.context, scope: rule }, id, {
      podSelector: { matchLabels: { ...options.to } },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: options.fromCidrs?.map((cidr) => ({ ipBlock: { cidr } })) ?? [pods],
          ports: options.ports.map((port) => ({ port: String(port), protocol: 'TCP' })),
        },
      ],
    });
  }

  /** Allows connections from pods. */
  public allowEgress(id: string, options: EgressOptions): void {
    const rule = new Construct(this.context.scope, `egress-${id}`);
    validate(rule, options, { cidrs: ranges, ports, from: optional(someLabels) }, (_, report) =>
      this.checkName(id, report),
    );
    this.names.add(id);
    networkPolicy({ ...this.context, scope: rule }, id, {
      podSelector: options.from && { matchLabels: { ...options.from } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: options.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
          ports: options.ports.map((port) => ({ port: String(port), protocol: 'TCP' })),
        },
      ],
    });
  }

  private checkName(name: string, report: Report): void {
    dnsLabel(name, 'id', report);
    if (!this.names.has(name)) return;
    const rule = 'be unique among the NetworkPolicies of the namespace';
    report({ property: 'id', value: name, rule, fix: 'Choose another name.' });
  }
}

function checkSources(options: IngressOptions, report: Report): void {
  if (options.fromCidrs === undefined) return;
  for (const property of ['fromNamespace', 'fromPods'] as const) {
    if (options[property] === undefined) continue;
    const fix = 'Call allowIngress once for pods and once for ranges.';
    report({ property, value: options[property], rule: 'name pods or ranges, not both', fix });
  }
}
