import type { Rule } from '../../rule';
import { betaProvider } from './beta-provider';
import { controlPlaneCertificate } from './control-plane-certificate';
import { insecureProvider } from './insecure-provider';
import { providerCredentials } from './provider-credentials';
import { providerOfNewCluster } from './provider-of-new-cluster';
import { providerVersion } from './provider-version';

/** Rules for providers and stacks. */
export const terraformRules: readonly Rule[] = [
  providerVersion,
  betaProvider,
  controlPlaneCertificate,
  providerOfNewCluster,
  providerCredentials,
  insecureProvider,
];
