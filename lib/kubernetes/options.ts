import type { TerraformProvider } from 'cdktf';
import { optional, provider, type Shape } from '../core/rules';

/** Kubernetes provider of a construct. */
export interface KubernetesProviderOptions {
  /**
   * Kubernetes provider of the objects in the cluster.
   * @default - the default provider of the stack
   */
  readonly kubernetesProvider?: TerraformProvider;
}

export const kubernetesProviderRules: Shape<KubernetesProviderOptions> = {
  kubernetesProvider: optional(provider('kubernetes')),
};
