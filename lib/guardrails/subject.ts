import type { ModelDocument } from '../model/document';
import type { ModelResource, ModelStack } from '../model/model';
import { isComputed, isModelObject, isUnset, type ModelValue } from '../model/values/value';
import { CheckedValue } from './checked-value';
import type { ResourceIndex } from './resource-index';

/** The resource that a rule evaluates, or one block of it. */
export class Subject {
  constructor(
    /** The resource. */
    public readonly resource: ModelResource,
    /** All resources of the model, for rules that join several. */
    public readonly index: ResourceIndex,
    private readonly block: ModelValue | undefined = resource.values,
    private readonly path = '',
    /** Name in the block of an argument of the provider. */
    private readonly nameOf = (argument: string): string => argument,
  ) {}

  /** Type of the resource. */
  public get type(): string {
    return this.resource.type;
  }

  /** Stack of the resource. */
  public get stack(): ModelStack {
    const found = this.index.stack(this.resource.stack);
    if (!found) throw new Error(`${this.resource.stack} must be a stack of the model.`);
    return found;
  }

  /**
   * One argument, for example `role` or `node_config.service_account`. A block may be an object, a list or a set: a
   * name after the name of a block reads the first block.
   */
  public value(path: string): CheckedValue {
    let value = this.block;
    let place = this.path;
    for (const argument of namesOf(path)) {
      const name = this.nameOf(argument);
      value = this.resolve(firstBlock(value));
      if (isModelObject(value)) value = value[name];
      else if (value !== undefined) return new CheckedValue(place, value, isComputed(value));
      place = place === '' ? name : `${place}.${name}`;
    }
    return new CheckedValue(place, this.resolve(value));
  }

  /** One entry of a map, whose key may contain any character: `entry('metadata.annotations', 'a.io/b')`. */
  public entry(path: string, key: string): CheckedValue {
    const { value, property } = this.value(path);
    const entry = isModelObject(value) ? value[key] : value;
    return new CheckedValue(`${property}[${JSON.stringify(key)}]`, this.resolve(entry), isComputed(value));
  }

  /** Blocks of one name, each as a subject of the same resource; empty if there are none. */
  public blocks(path: string): readonly Subject[] {
    const { value, property } = this.value(path);
    const blocks = Array.isArray(value)
      ? (value as readonly ModelValue[])
      : value === undefined
        ? []
        : [value];
    return blocks.map(
      (block, at) =>
        new Subject(
          this.resource,
          this.index,
          this.resolve(block),
          Array.isArray(value) ? `${property}[${at}]` : property,
          this.nameOf,
        ),
    );
  }

  /** The JSON document of a text argument: a policy, a trust policy or a definition. */
  public document(path: string): ModelDocument {
    return this.index.document(this.resource.stack, this.value(path).value);
  }

  /** The block itself as a value, for elements of a list of texts. */
  public get self(): CheckedValue {
    return new CheckedValue(this.path, this.block);
  }

  private resolve(value: ModelValue | undefined): ModelValue | undefined {
    // The argument is omitted, and the provider computes its value.
    return isUnset(value) ? undefined : this.index.resolve(this.resource.stack, value);
  }
}

const paths = new Map<string, readonly string[]>();

/** Names of a path. Rules read the same paths of each resource. */
function namesOf(path: string): readonly string[] {
  let names = paths.get(path);
  if (names === undefined) paths.set(path, (names = path.split('.')));
  return names;
}

function firstBlock(value: ModelValue | undefined): ModelValue | undefined {
  return Array.isArray(value) ? (value as readonly ModelValue[])[0] : value;
}
