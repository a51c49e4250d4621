import type { ModelDocument } from '../model/document';
import { NO_COMMENT } from '../model/facts';
import type { Model, ModelProvider, ModelResource, ModelStack } from '../model/model';
import { ModelIndex } from '../model/model-index';
import { isComputed, type ModelValue, type ReferenceValue } from '../model/values/value';

/** Resources of a model by type and by address, and what rules derive from all of them. */
export class ResourceIndex {
  private readonly byType = new Map<string, ModelResource[]>();
  private readonly derived = new Map<unknown, unknown>();
  private readonly lookups: ModelIndex;

  constructor(
    /** The model. */
    public readonly model: Model,
    /** Day for dates that pass, as YYYY-MM-DD. */
    public readonly today: string = dayOf(new Date()),
  ) {
    this.lookups = new ModelIndex(model);
    for (const resource of this.all) {
      const type = typeOf(resource);
      const same = this.byType.get(type);
      if (same) same.push(resource);
      else this.byType.set(type, [resource]);
    }
  }

  /** Resources, data sources and providers of all stacks. */
  private get all(): readonly ModelResource[] {
    return this.model.stacks.flatMap((stack) => [
      ...stack.resources,
      ...stack.providers.map((provider) => providerAsResource(stack, provider)),
    ]);
  }

  /** Resource types in the model. */
  public get types(): readonly string[] {
    return [...this.byType.keys()];
  }

  /** Resources of the given types; `data.TYPE` for data sources and `provider.NAME` for providers. */
  public ofType(...types: readonly string[]): readonly ModelResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** Resources that a reference in a stack can mean. */
  public referred(stack: string, reference: ReferenceValue): readonly ModelResource[] {
    return this.lookups.resourcesOf(stack, reference);
  }

  /** A stack by its name. */
  public stack(name: string): ModelStack | undefined {
    return this.lookups.tryFindStack(name);
  }

  /** A computed value with its references replaced by known arguments of other resources. Lists and blocks stay. */
  public resolve(stack: string, value: ModelValue | undefined): ModelValue | undefined {
    return isComputed(value) ? this.lookups.resolve(stack, value) : value;
  }

  /** The JSON document in a text. */
  public document(stack: string, value: ModelValue | undefined): ModelDocument {
    return this.lookups.document(stack, value);
  }

  /** A value that several rules derive from one resource, for example the states of a state machine. */
  public deriveOf<T>(resource: ModelResource, key: string, make: () => T): T {
    const own = this.derive(resource, () => new Map<string, T>());
    let value = own.get(key);
    if (value === undefined) own.set(key, (value = make()));
    return value;
  }

  /** A value that is derived from the whole model once, for example a map of grants. */
  public derive<T>(key: unknown, make: (index: ResourceIndex) => T): T {
    if (!this.derived.has(key)) this.derived.set(key, make(this));
    return this.derived.get(key) as T;
  }
}

/** A day as YYYY-MM-DD in UTC. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** Type of a resource as rules name it. */
export function typeOf({ mode, type }: Pick<ModelResource, 'mode' | 'type'>): string {
  return mode === 'data' ? `data.${type}` : type;
}

/** A provider configuration in the form of a resource, so that one rule evaluates both. */
function providerAsResource(stack: ModelStack, provider: ModelProvider): ModelResource {
  const { values, ...own } = provider;
  const alias = provider.alias === undefined ? '' : `.${provider.alias}`;
  return {
    stack: stack.name,
    address: `provider.${provider.name}${alias}`,
    mode: 'managed',
    type: `provider.${provider.name}`,
    name: provider.alias ?? provider.name,
    provider: own,
    values,
    sensitive: [],
    filled: [],
    ...NO_COMMENT,
    dependsOn: [],
    lifecycle: {},
    provisioners: [],
  };
}
