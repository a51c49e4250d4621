import type { ModelIndex } from '../../model/model-index';
import type { ModelResource } from '../../model/model';
import { isComputed, isKnown, type ModelValue } from '../../model/values/value';
import { templateText } from '../../model/values/value-text';

/** Text of an argument, with `${…}` for what only Terraform knows. */
export function textOf(index: ModelIndex, { stack }: ModelResource, own: ModelValue | undefined): string {
  const value = index.resolve(stack, own ?? '');
  return isKnown(value) && typeof value !== 'object' ? String(value) : templateText(value);
}

/** Name of a resource by one of its arguments, else its address. */
export const nameOf = (index: ModelIndex, resource: ModelResource, path: string) =>
  holderOf(index, resource, resource.values[path]) || resource.address;

/** Name of the identity or resource of a policy, also where the plan shows a reference to it. */
export function holderOf(index: ModelIndex, resource: ModelResource, own: ModelValue | undefined): string {
  const value = index.resolve(resource.stack, own ?? '');
  if (isComputed(value) && (value.$kind === 'reference' || value.$kind === 'unknown')) {
    const reference = value.$kind === 'reference' ? value : value.references[0];
    const [target] = reference ? index.resourcesOf(resource.stack, reference) : [];
    const name =
      target && (textOf(index, target, target.values.name) || textOf(index, target, target.values.bucket));
    if (name) return name;
  }
  return textOf(index, resource, own);
}

/** The managed policy of an attachment, if a stack declares it. */
export function policyOf(
  index: ModelIndex,
  resource: ModelResource,
  arn: ModelValue | undefined,
  all: readonly ModelResource[],
): ModelResource | undefined {
  const value = index.resolve(resource.stack, arn ?? '');
  if (isComputed(value)) {
    const reference =
      value.$kind === 'reference' ? value : value.$kind === 'unknown' ? value.references[0] : undefined;
    return (
      reference && index.resourcesOf(resource.stack, reference).find(({ type }) => type === 'aws_iam_policy')
    );
  }
  return all.find(
    ({ type, values }) =>
      type === 'aws_iam_policy' &&
      (values.arn === value ||
        (typeof values.name === 'string' && String(value).endsWith(`:policy/${values.name}`))),
  );
}
