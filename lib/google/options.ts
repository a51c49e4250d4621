import type { TerraformProvider } from 'cdktf';
import { optional, provider, type Shape } from '../core/rules';

/** Google provider of a construct. */
export interface GoogleProviderOptions {
  /**
   * Google provider of the resources on Google Cloud.
   * @default - the default provider of the stack
   */
  readonly googleProvider?: TerraformProvider;
}

export const googleProviderRules: Shape<GoogleProviderOptions> = {
  googleProvider: optional(provider('google')),
};
