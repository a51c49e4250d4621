import { all, knownAtSynth, oneOf, optional, rule, shape, type Shape } from '../core/rules';
import { labels, workloadNamespace } from '../kubernetes/namespace-and-labels';
import { quantity } from '../kubernetes/quantity';
import { hardLimits } from '../kubernetes/resource-quota';
import type { ContainerDefaults, IsolatedNamespaceProps } from './isolated-namespace-props';
import { kubernetesProviderRules } from '../kubernetes/options';

export const isolatedNamespaceRules: Shape<IsolatedNamespaceProps> = {
  name: all(
    workloadNamespace,
    rule(
      'not be "default", which exists in every cluster and cannot be isolated',
      (value) => value !== 'default',
      () => 'Use a dedicated namespace.',
    ),
  ),
  podSecurity: optional(oneOf(['restricted', 'baseline', 'privileged'])),
  // The namespace adds the labels of Pod Security Admission.
  labels: optional(knownAtSynth(labels)),
  googleApis: optional(oneOf(['public', 'private', 'restricted', 'none'])),
  quota: optional(hardLimits),
  containerDefaults: optional(
    shape<ContainerDefaults>({ cpu: optional(quantity), memory: optional(quantity) }),
  ),
  ...kubernetesProviderRules,
};
