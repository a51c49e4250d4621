import type { Rule } from './rule';
import { awsRules } from './rules/aws/catalogue';
import { gkeRules } from './rules/gke/catalogue';
import { googleIamRules } from './rules/google-iam/catalogue';
import { kubernetesRules } from './rules/kubernetes/catalogue';

/** All guardrails of this library. */
export const catalogue: readonly Rule[] = [...googleIamRules, ...gkeRules, ...kubernetesRules, ...awsRules];
