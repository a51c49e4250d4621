/**
 * A value of a resource. A known value is plain JSON. An object with the member `$kind` is a value that only Terraform
 * can compute.
 */
export type ModelValue = null | boolean | number | string | ModelList | ModelObject | ComputedValue;

/** A list, a set, or the blocks of one name. */
export type ModelList = readonly ModelValue[];

/**
 * A block or a map. A name that contains "${" is Terraform's text of the key: an expression, or a literal "${" written
 * as "$${".
 */
export interface ModelObject {
  /** No block has this member: it marks a computed value. */
  readonly $kind?: undefined;
  /** Value of an attribute, a block or a key. An attribute that is `null` is omitted. */
  readonly [name: string]: ModelValue | undefined;
}

/** A value that Terraform computes. The member `$kind` tells the forms apart. */
export type ComputedValue =
  ReferenceValue | TemplateValue | CallValue | ExpressionValue | UnknownValue | DynamicBlocks;

/** Exactly the value of one attribute: `${aws_iam_role.reader.arn}`. */
export interface ReferenceValue {
  /** Form of the value. */
  readonly $kind: 'reference';
  /**
   * Address of the resource or data source, for example `aws_iam_role.reader` or `data.aws_region.here`; or `var.NAME`,
   * `local.NAME`, `module.NAME`, `each.value`, `count.index`.
   */
  readonly address: string;
  /** Traversal after the address, for example `arn` or `metadata[0].name`; empty for the whole object. */
  readonly attribute: string;
  /**
   * Name of the stack of the resource.
   * @default - the stack of the resource with this value
   */
  readonly stack?: string;
}

/** A text with computed parts: `${aws_s3_bucket.data.arn}/*`. */
export interface TemplateValue {
  /** Form of the value. */
  readonly $kind: 'template';
  /** Literal texts and computed values in order. No two literal texts are neighbours. */
  readonly parts: readonly (string | ComputedValue)[];
}

/** A function call: `${jsonencode(…)}`. */
export interface CallValue {
  /** Form of the value. */
  readonly $kind: 'call';
  /** Name of the function, for example `jsonencode`. */
  readonly name: string;
  /** Arguments in order. */
  readonly arguments: ModelList;
}

/** Any other expression: an operator, a condition, a `for`, a splat, an index that is computed. */
export interface ExpressionValue {
  /** Form of the value. */
  readonly $kind: 'expression';
  /** Text of the expression as Terraform reads it. */
  readonly text: string;
  /** References in the expression, each once. */
  readonly references: readonly ReferenceValue[];
}

/** A value that a plan shows as known after apply. */
export interface UnknownValue {
  /** Form of the value. */
  readonly $kind: 'unknown';
  /**
   * References in the configuration of the value, each once; empty if the provider computes the value or a `dynamic`
   * block generates it. Blocks of one name share their references.
   */
  readonly references: readonly ReferenceValue[];
  /**
   * Whether the configuration has the resource and does not set the argument, so that the provider computes the value.
   * A `dynamic` block can set a block.
   * @default - the configuration sets the argument, or the plan has no configuration
   */
  readonly unset?: true;
}

/** Blocks that a `dynamic` block generates, one for each element. */
export interface DynamicBlocks {
  /** Form of the value. */
  readonly $kind: 'dynamic';
  /** Collection with one element for each block. */
  readonly forEach: ModelValue;
  /** Content of each block. */
  readonly content: ModelValue;
}

/** Whether only Terraform can compute the value itself. A list or an object can contain computed values. */
export function isComputed(value: ModelValue | undefined): value is ComputedValue {
  return isPlainObject(value) && value.$kind !== undefined;
}

/** Whether the provider computes the value of an argument that the configuration does not set. */
export function isUnset(value: ModelValue | undefined): boolean {
  return isComputed(value) && value.$kind === 'unknown' && value.unset === true;
}

/** Whether the value is a block or a map. */
export function isModelObject(value: ModelValue | undefined): value is ModelObject {
  return isPlainObject(value) && value.$kind === undefined;
}

function isPlainObject(value: ModelValue | undefined): value is ModelObject | ComputedValue {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether the value and all its parts are known. */
export function isKnown(value: ModelValue | undefined): boolean {
  if (isComputed(value)) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isKnown);
}

/** References in a value and in its parts, each once, in order. */
export function referencesIn(value: ModelValue | undefined): ReferenceValue[] {
  const found = new Map<string, ReferenceValue>();
  const visit = (each: ModelValue | undefined): void => {
    if (typeof each !== 'object' || each === null) return;
    if (isComputed(each) && each.$kind === 'reference') {
      found.set(`${each.stack ?? ''}/${each.address}/${each.attribute}`, each);
    } else {
      Object.values(each as Readonly<Record<string, ModelValue>>).forEach(visit);
    }
  };
  visit(value);
  return [...found.values()];
}
