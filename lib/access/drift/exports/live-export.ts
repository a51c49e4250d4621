import { InputError } from '../../../core/input-error';
import { isObject } from '../../../core/is-object';
import type { ModelResource } from '../../../model/model';
import type { ModelObject, ModelValue } from '../../../model/values/value';

/** Content of one file that a tool of a cloud printed. */
export interface LiveExport {
  /** The access in the file, as the resources of Terraform that would create it. */
  readonly resources: readonly ModelResource[];
  /** Parts that the file has completely: `google:NAME`, `aws:ACCOUNT`, `kubernetes`. Access elsewhere can be missing in it. */
  readonly covers: readonly string[];
  /** Addresses of resources that the cloud creates itself. */
  readonly cloudMade: readonly string[];
  /** Content that was not read. */
  readonly unread: readonly Unread[];
}

/** Content of a file that was not compared. */
export interface Unread {
  /** Name of the content. It can have any characters: output must escape it. */
  readonly what: string;
  /** Cause, as a sentence. */
  readonly reason: string;
}

/** A file that is not the output of the tool. */
export class ExportError extends InputError {
  /** Name of the class. */
  public override readonly name = 'ExportError';
}

/** A resource of a cloud in the form of the resource model. */
export function liveResource(file: string, type: string, name: string, values: ModelObject): ModelResource {
  return {
    stack: file,
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    provider: { name: type.split('_')[0] ?? type, source: `hashicorp/${type.split('_')[0] ?? type}` },
    values,
    sensitive: [],
    filled: [],
    stackTrace: [],
    facts: { acknowledged: {}, comment: {} },
    dependsOn: [],
    lifecycle: {},
    provisioners: [],
  };
}

/**
 * A list in an object; empty if it is omitted.
 * @throws ExportError if the property is not a list of objects
 */
export function listIn(value: Readonly<Record<string, unknown>>, name: string, file: string) {
  const list = value[name] ?? [];
  if (!Array.isArray(list)) throw new ExportError(`${file}: ${name} must be a list (got ${kindOf(list)}).`);
  return list.map((each: unknown, index) => {
    if (isObject(each)) return each;
    throw new ExportError(`${file}: ${name}[${index}] must be an object (got ${kindOf(each)}).`);
  });
}

/** Text of a property; empty if it is omitted or no text. */
export function textIn(value: Readonly<Record<string, unknown>>, name: string): string {
  const text = value[name];
  return typeof text === 'string' ? text : '';
}

/** A JSON value without the mark of computed values, which no cloud writes, and without `null`. */
export function modelValue(value: unknown): ModelValue {
  if (Array.isArray(value)) return value.map(modelValue);
  if (!isObject(value)) return value as ModelValue;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === null || name === '$kind' ? [] : [[name, modelValue(each)]],
    ),
  );
}

/** Word for the kind of a JSON value in a message. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
