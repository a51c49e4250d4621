import type { GraphBuilder } from '../graph/graph-builder';
import type { ModelResource } from '../../model/model';
import type { ModelIndex } from '../../model/model-index';
import { isComputed, type ModelValue, type ReferenceValue } from '../../model/values/value';
import { nodeOfArn } from './aws-names';

/** Nodes by the resource that declares them, so that references and names in policies find them. */
export class Directory {
  private readonly ids = new Map<string, string>();

  constructor(
    private readonly index: ModelIndex,
    private readonly graph: GraphBuilder,
  ) {}

  /** Records the node that a resource declares. */
  public declare(resource: ModelResource, id: string): void {
    this.ids.set(`${resource.stack} ${resource.address}`, id);
    this.graph.describe(id, resource.facts);
  }

  /** Node that a resource declares. */
  public nodeOf({ stack, address }: ModelResource): string | undefined {
    return this.ids.get(`${stack} ${address}`);
  }

  /** Resource that a value refers to; `undefined` for a literal and for a variable. */
  public resourceOf(stack: string, value: ModelValue | undefined): ModelResource | undefined {
    const [reference] = leadingReferences(value);
    return reference && this.index.resourcesOf(stack, reference)[0];
  }

  /** Node of the resource that a value refers to, also within a text such as `${function.arn}:live`. */
  public referenced(stack: string, value: ModelValue | undefined): string | undefined {
    for (const reference of leadingReferences(value)) {
      for (const resource of this.index.resourcesOf(stack, reference)) {
        const id = this.nodeOf(resource);
        if (id !== undefined) return id;
      }
    }
    return undefined;
  }

  /** Node of an ARN, of a reference to one, or of the resource that the ARN belongs to. */
  public awsNode(stack: string, value: ModelValue | undefined): string | undefined {
    if (typeof value === 'string') return nodeOfArn(this.graph, value);
    return this.referenced(stack, value);
  }

  /** Role of an ARN, of a name, or of a reference. */
  public roleOf(stack: string, value: ModelValue | undefined): string | undefined {
    if (typeof value !== 'string') return this.referenced(stack, value);
    return value.startsWith('arn:')
      ? nodeOfArn(this.graph, value)
      : this.graph.node('aws.role', { names: [value], label: value });
  }
}

/** References at the beginning of a value. */
function leadingReferences(value: ModelValue | undefined): readonly ReferenceValue[] {
  if (!isComputed(value)) return [];
  if (value.$kind === 'reference') return [value];
  if (value.$kind === 'template') {
    const [first] = value.parts.filter((part) => typeof part !== 'string');
    return leadingReferences(first);
  }
  return value.$kind === 'unknown' || value.$kind === 'expression' ? value.references : [];
}
