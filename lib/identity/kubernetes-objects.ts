import { dependable, TerraformStack, type TerraformProvider, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';

/** A Kubernetes service account that the app knows of, whoever made it. */
export interface KnownServiceAccount {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A named workload that the app makes. */
export interface KnownWorkload {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What the constructs of one stack put into one cluster (one Kubernetes provider). Kubernetes refers to things
 * by name, so this is where a name finds its resource: for the order of an apply, and for roles by label.
 */
export class KubernetesObjects {
  private static readonly known = new WeakMap<IConstruct, Map<string, KubernetesObjects>>();

  /**
   * @param scope any construct of the stack
   * @param provider Kubernetes provider of the cluster; the default one of the stack if left out
   */
  public static of(scope: IConstruct, provider?: TerraformProvider): KubernetesObjects {
    const stack = TerraformStack.of(scope);
    let clusters = KubernetesObjects.known.get(stack);
    if (!clusters) KubernetesObjects.known.set(stack, (clusters = new Map()));
    const key = provider?.fqn ?? 'kubernetes';
    let objects = clusters.get(key);
    if (!objects) clusters.set(key, (objects = new KubernetesObjects()));
    return objects;
  }

  public readonly serviceAccounts: KnownServiceAccount[] = [];
  public readonly workloads: KnownWorkload[] = [];
  private readonly namespaces = new Map<string, AwaitedResource>();
  private readonly waiting = new Map<string, TerraformResource[]>();

  /** A namespace that this stack makes; what waits for its name waits for it from now on. */
  public addNamespace(name: string, resource: AwaitedResource): void {
    this.namespaces.set(name, resource);
    for (const waiter of this.waiting.get(name) ?? []) addDependency(waiter, resource);
    this.waiting.delete(name);
  }

  /** The resource waits for the namespace, if this stack makes one of that name, before this call or after it. */
  public awaitNamespace(name: string, resource: TerraformResource): void {
    const namespace = this.namespaces.get(name);
    if (namespace) {
      addDependency(resource, namespace);
      return;
    }
    const waiting = this.waiting.get(name);
    if (waiting) waiting.push(resource);
    else this.waiting.set(name, [resource]);
  }
}

function addDependency(resource: TerraformResource, on: AwaitedResource): void {
  resource.dependsOn = [...(resource.dependsOn ?? []), dependable(on)];
}
