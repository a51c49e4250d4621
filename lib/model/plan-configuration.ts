import { addressIn } from './values/address';
import { isRecord, recordOf, recordsOf, textOf, textsOf, type JsonRecord } from './values/json-record';
import { isLeaf } from './plan-value';
import { templateValue } from './values/template';
import { referencesIn, type ReferenceValue } from './values/value';

/** A resource, or the call of a module, whose expressions have references. */
export interface ExpressionOwner {
  readonly count_expression?: unknown;
  readonly for_each_expression?: unknown;
}

/** A module of the `configuration` of a plan: its resources, and where its input variables come from. */
export class PlanModule {
  private readonly resources: ReadonlyMap<string, JsonRecord>;
  private readonly calls: JsonRecord;
  private readonly children = new Map<string, PlanModule>();

  /**
   * @param address address of the module with the keys of its instance; empty for the root module
   * @param parent module and call that the input variables come from
   */
  constructor(
    private readonly json: JsonRecord,
    private readonly address = '',
    private readonly parent?: { readonly module: PlanModule; readonly call: JsonRecord },
  ) {
    this.resources = new Map(recordsOf(json.resources).map((each) => [textOf(each.address) ?? '', each]));
    this.calls = recordOf(json.module_calls);
  }

  /** Configuration of a resource by its address in this module, without a key. */
  public resource(address: string): JsonRecord {
    return this.resources.get(address) ?? {};
  }

  /** Module at an address below this one, for example `module.a["x"].module.b`. */
  public moduleAt(address: string): PlanModule {
    const [first, name = '', key = ''] =
      /^module\.([^.[]+)((?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)(?:\.|$)/.exec(address) ?? [];
    if (first === undefined) return this;
    return this.child(name, key).moduleAt(address.slice(first.length));
  }

  /** References of an expression; variables and outputs of modules are followed to what they come from. */
  public referencesOf(expression: unknown, owner: ExpressionOwner): ReferenceValue[] {
    const found = new Map<string, ReferenceValue>();
    for (const each of this.follow(expression, owner, 0)) {
      found.set(`${each.address}/${each.attribute}`, each);
    }
    return [...found.values()];
  }

  private follow(expression: unknown, owner: ExpressionOwner, depth: number): ReferenceValue[] {
    // The JSON of a plan that a tool wrote can have a cycle.
    if (depth > 20) return [];
    return longest(textReferences(expression))
      .flatMap((text) => referencesIn(templateValue(`\${${text}}`)))
      .flatMap((reference) => this.sources(reference, owner, depth + 1));
  }

  private sources(reference: ReferenceValue, owner: ExpressionOwner, depth: number): ReferenceValue[] {
    const [root = '', name = ''] = reference.address.split('.');
    if (root === 'each') return this.follow(owner.for_each_expression, {}, depth);
    if (root === 'count') return this.follow(owner.count_expression, {}, depth);
    if (root === 'path' || root === 'terraform' || root === 'self') return [];
    if (root === 'var' && this.parent) {
      const { module, call } = this.parent;
      return module.follow(recordOf(call.expressions)[name], call, depth);
    }
    const output = root === 'module' ? this.outputOf(reference) : undefined;
    if (output) return output.module.follow(output.expression, {}, depth);
    return [
      {
        ...reference,
        address: root === 'var' ? reference.address : addressIn(this.address, reference.address),
      },
    ];
  }

  private outputOf({ address, attribute }: ReferenceValue) {
    const [output = ''] = attribute.split(/[.[]/);
    const module = this.moduleAt(address);
    const { expression } = recordOf(recordOf(module.json.outputs)[output]);
    return module !== this && expression !== undefined ? { module, expression } : undefined;
  }

  private child(name: string, key: string): PlanModule {
    const known = this.children.get(name + key);
    if (known) return known;
    const call = recordOf(this.calls[name]);
    const address = addressIn(this.address, `module.${name}${key}`);
    const child = new PlanModule(recordOf(call.module), address, { module: this, call });
    this.children.set(name + key, child);
    return child;
  }
}

/** Texts of the references in an expression, or in the expressions of blocks. */
function textReferences(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(textReferences);
  if (!isRecord(expression)) return [];
  return isLeaf(expression)
    ? textsOf(expression.references)
    : Object.values(expression).flatMap(textReferences);
}

/** Terraform lists `a_b.x.arn` and its prefix `a_b.x`. */
function longest(references: readonly string[]): string[] {
  const distinct = [...new Set(references)];
  const isPrefix = (text: string) =>
    distinct.some((other) => other.startsWith(text) && ['.', '['].includes(other.charAt(text.length)));
  return distinct.filter((text) => !isPrefix(text));
}
