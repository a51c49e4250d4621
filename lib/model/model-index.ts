import { documentOf, type ModelDocument } from './document';
import type { Model, ModelResource, ModelStack } from './model';
import { resolved, valueIn } from './resolve';
import type { ModelValue, ReferenceValue } from './value';

/** Look-ups in a model: resources by address, values of references, and documents in texts. */
export class ModelIndex {
  private readonly stacks: ReadonlyMap<string, ModelStack>;
  private readonly resources: ReadonlyMap<string, ReadonlyMap<string, ModelResource>>;
  private readonly instances = new Map<string, ModelResource[]>();

  /** @param model model to look into; it is not changed */
  constructor(
    /** The model. */
    public readonly model: Model,
  ) {
    this.stacks = new Map(model.stacks.map((stack) => [stack.name, stack]));
    this.resources = new Map(
      model.stacks.map(({ name, resources }) => [
        name,
        new Map(resources.map((each) => [each.address, each])),
      ]),
    );
    for (const resource of model.stacks.flatMap(({ resources }) => resources)) {
      const key = `${resource.stack} ${withoutKey(resource)}`;
      const known = this.instances.get(key);
      if (known) known.push(resource);
      else this.instances.set(key, [resource]);
    }
  }

  /** Stack of a name. */
  public tryFindStack(name: string): ModelStack | undefined {
    return this.stacks.get(name);
  }

  /** Resource or data source at the exact address in a stack. */
  public tryFindResource(stack: string, address: string): ModelResource | undefined {
    return this.resources.get(stack)?.get(address);
  }

  /** Resources that a reference can mean: the one at its address, or all instances of it. */
  public resourcesOf(
    stack: string,
    { address, stack: other = stack }: ReferenceValue,
  ): readonly ModelResource[] {
    const exact = this.tryFindResource(other, address);
    return exact ? [exact] : (this.instances.get(`${other} ${address}`) ?? []);
  }

  /**
   * The value with its references replaced by known arguments of other resources, and by local values. References to
   * values that a cloud assigns remain.
   * @param stack name of the stack of the resource with the value
   */
  public resolve(stack: string, value: ModelValue): ModelValue {
    return resolved(value, (reference) => this.valueOf(stack, reference));
  }

  /**
   * The JSON document in a text: a policy, a state machine definition, container definitions. It is parsed if it is a
   * literal, a text with expressions, a call of `jsonencode` or a data source `aws_iam_policy_document`.
   * @param stack name of the stack of the resource with the text
   */
  public document(stack: string, value: ModelValue | undefined): ModelDocument {
    return documentOf(value === undefined ? undefined : this.resolve(stack, value));
  }

  private valueOf(stack: string, reference: ReferenceValue): ModelValue | undefined {
    const found = this.stacks.get(reference.stack ?? stack);
    return found && valueIn(found, (address) => this.tryFindResource(found.name, address), reference);
  }
}

/** Address without the key of the instance. */
function withoutKey({ address, index }: ModelResource): string {
  return index === undefined ? address : address.slice(0, address.lastIndexOf(`[${JSON.stringify(index)}]`));
}
