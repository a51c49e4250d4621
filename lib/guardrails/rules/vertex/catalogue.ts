import type { Rule } from '../../rule';
import { auditConfig } from './audit-config';
import { endpointNetwork } from './endpoint-network';
import { publicNotebook } from './public-notebook';
import { resourceNameCondition } from './resource-name-condition';
import { trainingAccount } from './training-account';
import { vertexRole } from './vertex-role';
import { widePrediction } from './wide-prediction';

/** Rules for Vertex AI. */
export const vertexRules: readonly Rule[] = [
  vertexRole,
  resourceNameCondition,
  endpointNetwork,
  publicNotebook,
  auditConfig,
  widePrediction,
  trainingAccount,
];
