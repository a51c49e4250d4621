import { blocksAt, valuesAt } from '../../model/values/paths';
import type { ModelIndex } from '../../model/model-index';
import type { ModelResource } from '../../model/model';
import {
  isComputed,
  isModelObject,
  isUnset,
  type ModelObject,
  type ModelValue,
} from '../../model/values/value';
import { templateText } from '../../model/values/value-text';
import type { GraphBuilder } from '../graph/graph-builder';
import type { Directory } from './directory';

/** Input and output of the readers of edges. */
export interface ReadContext {
  readonly index: ModelIndex;
  readonly graph: GraphBuilder;
  readonly directory: Directory;
}

/** Reads the edges of one resource. */
export type EdgeReader = (resource: ModelResource, context: ReadContext) => void;

/** Value of an argument with its references resolved; `undefined` for one that the provider computes. */
export function argument(
  resource: ModelResource,
  path: string,
  { index }: Pick<ReadContext, 'index'>,
): ModelValue | undefined {
  const [value] = valuesAt(resource.values, path);
  return value === undefined || isUnset(value) ? undefined : index.resolve(resource.stack, value);
}

/** Values of a list argument with their references resolved, as `argument` does; a text counts as a list of one. */
export function argumentList(
  resource: ModelResource,
  path: string,
  { index }: Pick<ReadContext, 'index'>,
): readonly ModelValue[] {
  return valuesAt(resource.values, path)
    .filter((value) => !isUnset(value))
    .map((value) => index.resolve(resource.stack, value));
}

/** Text of a value; `undefined` if only Terraform knows it or if it is not a text. */
export function knownText(value: ModelValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Text of a value for people, with `${…}` for each part that only Terraform knows. */
export function anyText(value: ModelValue | undefined): string {
  if (value === undefined) return '';
  return isComputed(value) || typeof value === 'string' ? templateText(value) : JSON.stringify(value);
}

/** Texts of a value or of a list of values, with `${…}` for each part that only Terraform knows. */
export function allTexts(value: ModelValue | undefined): readonly string[] {
  return elements(value).map(anyText);
}

/** Elements of a value that may be one element. */
export function elements(value: ModelValue | undefined): readonly ModelValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly ModelValue[]) : [value];
}

/** Blocks of an argument. Blocks that only Terraform knows are none. */
export function blocks(value: ModelValue | undefined, path: string): readonly ModelObject[] {
  return blocksAt(value, path).filter(isModelObject);
}
