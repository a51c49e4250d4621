import type { TerraformProvider } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { constructLike, type Rule } from '../core/rules';
import { validate } from '../core/validation';
import { workloadNamespace } from '../kubernetes/namespace-and-labels';
import type { EgressOptions, IngressOptions } from './isolated-namespace-props';
import { NamespaceOpenings } from './namespace-openings';
import { kubernetesProviderRules, type KubernetesProviderOptions } from '../kubernetes/options';

/** A namespace with NetworkPolicies: an `IsolatedNamespace` or `IsolatedNamespace.fromName(…)`. */
export interface INamespace {
  /** Name of the namespace. */
  readonly name: string;
  /** Kubernetes provider of the namespace; undefined for the default provider of the stack. */
  readonly kubernetesProvider?: TerraformProvider;

  /**
   * Allows connections to pods with these labels, on these ports.
   * @param id name of the NetworkPolicy
   */
  allowIngress(id: string, options: IngressOptions): void;

  /**
   * Allows connections from pods to these addresses, on these ports.
   * @param id name of the NetworkPolicy
   */
  allowEgress(id: string, options: EgressOptions): void;

  /**
   * Resources that pods of the namespace must wait for.
   * @param scope scope of the pods
   */
  dependenciesIn(scope: IConstruct): AwaitedResource[];
}

export const namespaceRule: Rule = constructLike('an IsolatedNamespace or IsolatedNamespace.fromName(…)', {
  name: 'string',
  allowIngress: 'function',
  allowEgress: 'function',
  dependenciesIn: 'function',
});

/** A namespace of another stack or tool. The construct creates nothing until `allowIngress` or `allowEgress`. */
export class ImportedNamespace extends Construct implements INamespace {
  public readonly kubernetesProvider?: TerraformProvider;
  private readonly openings: NamespaceOpenings;

  constructor(
    scope: Construct,
    id: string,
    public readonly name: string,
    options: KubernetesProviderOptions = {},
  ) {
    super(scope, id);
    const { kubernetesProvider } = validate(
      this,
      { name, ...options },
      { name: workloadNamespace, ...kubernetesProviderRules },
    );
    this.kubernetesProvider = kubernetesProvider;
    this.openings = new NamespaceOpenings({ scope: this, namespace: name, provider: kubernetesProvider });
  }

  public allowIngress(id: string, options: IngressOptions): void {
    this.openings.allowIngress(id, options);
  }

  public allowEgress(id: string, options: EgressOptions): void {
    this.openings.allowEgress(id, options);
  }

  public dependenciesIn(): AwaitedResource[] {
    return [];
  }
}
