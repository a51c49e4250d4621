import { dependable, TerraformStack, type TerraformProvider, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import type { AwaitedResource } from '../core/ordering';
import { oncePer } from '../core/registry';

/** A service account or a workload that the app creates or imports. */
export interface KnownObject {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Objects of one kind, by namespace and name. */
class KnownObjects {
  private readonly byName = new Map<string, KnownObject>();

  public add(object: KnownObject): void {
    this.byName.set(`${object.namespace}/${object.name}`, object);
  }

  public has(namespace: string, name: string): boolean {
    return this.byName.has(`${namespace}/${name}`);
  }

  /** Those that carry all of the labels. */
  public carrying(labels: Readonly<Record<string, string>>): KnownObject[] {
    const wanted = Object.entries(labels);
    return [...this.byName.values()].filter((object) =>
      wanted.every(([key, value]) => object.labels[key] === value),
    );
  }
}

/**
 * Objects that the constructs of one stack create in one cluster (one Kubernetes provider). Kubernetes refers to objects
 * by name; the registry finds the resource of a name, for the order of an apply and for roles by label.
 */
export class KubernetesObjects {
  /**
   * @param scope any construct of the stack
   * @param provider Kubernetes provider of the cluster; the default one of the stack if omitted
   */
  public static of(scope: IConstruct, provider?: TerraformProvider): KubernetesObjects {
    const cluster = provider?.fqn ?? 'kubernetes';
    return oncePer(TerraformStack.of(scope), `objects of ${cluster}`, () => new KubernetesObjects());
  }

  public readonly serviceAccounts = new KnownObjects();
  public readonly workloads = new KnownObjects();
  private readonly namespaces = new Map<string, AwaitedResource>();
  private readonly waiting = new Map<string, TerraformResource[]>();

  /** Whether this stack makes a namespace of that name. */
  public hasNamespace(name: string): boolean {
    return this.namespaces.has(name);
  }

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
