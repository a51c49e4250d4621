import type { ModelResource } from '../model/model';
import type { ModelIndex } from '../model/model-index';
import { valuesAt } from '../model/values/paths';
import { isComputed, type ModelObject, type ModelValue } from '../model/values/value';

/** One resource or data source with the look-ups of its model. */
export interface StackResource extends ModelResource {
  readonly lookup: ModelIndex;
}

/** Resources and data sources of a model. */
export function resourcesOf(lookup: ModelIndex): StackResource[] {
  return lookup.model.stacks.flatMap(({ resources }) => resources.map((each) => ({ ...each, lookup })));
}

/** Whether an attribute has an effect: it is there, and neither `false` nor an empty list. */
export function isSet({ values }: StackResource, path: string): boolean {
  return valuesAt(values, path).some((value) => value !== false);
}

/** Arguments of the provider of a resource. */
export function providerOf(resource: StackResource): ModelObject {
  return resource.lookup.providerOf(resource)?.values ?? {};
}

/** Managed resource that an expression such as `${aws_iam_role.x.id}` refers to. */
export function referredBy(
  { stack, lookup }: StackResource,
  value: ModelValue | undefined,
): StackResource | undefined {
  if (!isComputed(value) || value.$kind !== 'reference') return undefined;
  const [target] = lookup.resourcesOf(stack, value);
  return target?.mode === 'managed' ? { ...target, lookup } : undefined;
}

/** A text that is known at synth, also through references to arguments of other resources. */
export function knownText(
  { stack, lookup }: StackResource,
  value: ModelValue | undefined,
): string | undefined {
  const text = value === undefined ? undefined : lookup.resolve(stack, value);
  return typeof text === 'string' ? text : undefined;
}
