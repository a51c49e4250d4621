import { partitionOfRegion } from '../contracts/aws-partitions';
import { AWS_RESOURCES } from './aws-table';
import { valuesAt } from '../model/values/paths';
import { knownText, providerOf, referredBy, type StackResource } from './stack-resource';

const ANY = '*';

/** Account of a resource; `*` if the provider does not name exactly one account. */
export function accountOf(resource: StackResource): string {
  const ids = valuesAt(providerOf(resource), 'allowed_account_ids');
  return (ids.length === 1 ? knownText(resource, ids[0]) : undefined) ?? ANY;
}

/** ARNs of a resource by its table row. A part that only Terraform knows is `*`. */
export function arnsOf(resource: StackResource): readonly string[] {
  const row = AWS_RESOURCES[resource.type];
  if (row === undefined) return [];
  const target = row.of === undefined ? undefined : ownerOf(resource, row.of);
  return target === undefined ? row.arns.map((pattern) => filled(pattern, resource)) : arnsOf(target);
}

function ownerOf(resource: StackResource, path: string): StackResource | undefined {
  const target = referredBy(resource, valuesAt(resource.values, path)[0]);
  return target && AWS_RESOURCES[target.type] ? target : undefined;
}

function filled(pattern: string, resource: StackResource): string {
  const arn = knownText(resource, resource.values.function_name);
  // An argument accepts the ARN of a function in place of its name.
  if (pattern.includes('{function_name}') && arn?.startsWith('arn:')) return arn;
  return pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => partOf(name, resource));
}

/** Values of arguments that are omitted. */
const DEFAULTS: Readonly<Record<string, string>> = { group_name: 'default', path: '/' };

function partOf(name: string, resource: StackResource): string {
  if (name === 'account') return accountOf(resource);
  const region = knownText(resource, resource.values.region ?? providerOf(resource).region);
  if (name === 'region') return region ?? ANY;
  if (name === 'partition') return partitionOfRegion(region ?? '') ?? 'aws';
  const [value] = valuesAt(resource.values, name);
  if (value === undefined) return DEFAULTS[name] ?? ANY;
  // The ARN of an OIDC provider has its URL without the scheme.
  return (knownText(resource, value) ?? ANY).replace(/^https:\/\//, '');
}
