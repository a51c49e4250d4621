import { configurationAddress } from './values/address';
import { documentOf, type ModelDocument } from './document';
import type { Model, ModelProvider, ModelResource, ModelStack } from './model';
import { googlePolicyDocument } from './google-policy-document';
import { policyDocument } from './policy-document';
import { remoteOutput } from './remote-state';
import { resolved, seenFromOutside, valueIn } from './resolve';
import { isComputed, type ModelValue, type ReferenceValue } from './values/value';

/** Attributes of data sources with the policy that they render. */
const RENDERED: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy_document: ['json', 'minified_json'],
  google_iam_policy: ['policy_data'],
};

/** Depth of documents that include documents. Deeper ones are unknown. */
const DEEPEST = 5;

/** Look-ups in a model: resources by address, values of references, and documents in texts. */
export class ModelIndex {
  private readonly stacks: ReadonlyMap<string, ModelStack>;
  private readonly resources: ReadonlyMap<string, ReadonlyMap<string, ModelResource>>;
  private readonly instances = new Map<string, ModelResource[]>();
  private readonly types = new Map<string, ModelResource[]>();

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
      added(this.instances, `${resource.stack} ${configurationAddress(resource.address)}`, resource);
      added(this.types, resource.type, resource);
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

  /** Resources and data sources of a type in all stacks. */
  public ofType(type: string): readonly ModelResource[] {
    return this.types.get(type) ?? [];
  }

  /** Provider configuration of a resource; `undefined` if the stack does not have it. */
  public providerOf({ stack, provider }: ModelResource): ModelProvider | undefined {
    return this.stacks
      .get(stack)
      ?.providers.find(({ name, alias }) => name === provider.name && alias === provider.alias);
  }

  /** Resources that a reference can mean: the one at its address, or all instances of it. */
  public resourcesOf(
    stack: string,
    { address, stack: other = stack }: ReferenceValue,
  ): readonly ModelResource[] {
    const exact = this.tryFindResource(other, address);
    return exact ? [exact] : (this.instances.get(`${other} ${configurationAddress(address)}`) ?? []);
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
   * literal, a text with expressions, a call of `jsonencode`, or a data source `aws_iam_policy_document` or
   * `google_iam_policy`.
   * @param stack name of the stack of the resource with the text
   */
  public document(stack: string, value: ModelValue | undefined): ModelDocument {
    return value === undefined ? documentOf(value) : this.parse(stack, value, 0);
  }

  private parse(stack: string, value: ModelValue, depth: number): ModelDocument {
    const text = this.resolve(stack, value);
    const source = this.policySource(stack, text);
    if (source === undefined || depth > DEEPEST) return documentOf(text);
    const document =
      source.type === 'google_iam_policy'
        ? googlePolicyDocument(source)
        : policyDocument(source, (each) => this.parse(source.stack, each, depth + 1));
    return { kind: 'parsed', value: this.resolve(source.stack, document) };
  }

  /** Data source of a policy whose text only Terraform can render. */
  private policySource(stack: string, text: ModelValue | undefined): ModelResource | undefined {
    if (!isComputed(text) || text.$kind !== 'reference') return undefined;
    const [source, ...others] = this.resourcesOf(stack, text);
    const isRendered = source !== undefined && RENDERED[source.type]?.includes(text.attribute);
    return isRendered && others.length === 0 ? source : undefined;
  }

  private valueOf(stack: string, reference: ReferenceValue): ModelValue | undefined {
    const found = this.stacks.get(reference.stack ?? stack);
    if (found === undefined) return undefined;
    const resource = (address: string) => this.tryFindResource(found.name, address);
    const value =
      remoteOutput(this.model, resource(reference.address), reference.attribute) ??
      valueIn(found, resource, reference);
    return value === undefined || found.name === stack ? value : seenFromOutside(value, found.name);
  }
}

function added(map: Map<string, ModelResource[]>, key: string, resource: ModelResource): void {
  const known = map.get(key);
  if (known) known.push(resource);
  else map.set(key, [resource]);
}
