import type { Rule } from './rule';
import { accessRules } from './rules/access/catalogue';
import { awsRules } from './rules/aws/catalogue';
import { gkeRules } from './rules/gke/catalogue';
import { googleIamRules } from './rules/google-iam/catalogue';
import { kubernetesRules } from './rules/kubernetes/catalogue';
import { stepFunctionsRules } from './rules/step-functions/catalogue';
import { terraformRules } from './rules/terraform/catalogue';
import { vertexRules } from './rules/vertex/catalogue';

/** All guardrails of this library. */
export const catalogue: readonly Rule[] = [
  ...googleIamRules,
  ...gkeRules,
  ...vertexRules,
  ...kubernetesRules,
  ...awsRules,
  ...stepFunctionsRules,
  ...terraformRules,
  ...accessRules,
];
