import type { ModelResource } from './model';

/**
 * Whether a provider computed an argument of a resource from other resources, so that its value is a copy.
 *
 * @param argument name, for example `inline_policy`
 */
export function isComputedCopy({ computed }: Pick<ModelResource, 'computed'>, argument: string): boolean {
  return computed?.includes(argument) === true;
}
