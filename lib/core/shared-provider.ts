import type { TerraformProvider, TerraformResource } from 'cdktf';

const nameOf = (provider: TerraformProvider | undefined): string => provider?.node.path ?? '';

/**
 * Gives a resource that constructs share the first of their providers, in the order of the names. The resource is then
 * the same whichever construct comes first in the program.
 */
export function shareProvider(resource: TerraformResource, provider: TerraformProvider | undefined): void {
  if (nameOf(provider) < nameOf(resource.provider)) resource.provider = provider;
}
