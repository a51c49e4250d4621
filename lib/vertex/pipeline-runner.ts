import { TerraformStack, type TerraformProvider, type TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { shareProvider } from '../core/shared-provider';
import { identityOf, stableHash } from '../core/names';
import { oncePer } from '../core/registry';
import type { GoogleProject } from '../google/project';
import { GoogleGrants } from '../identity/google/grants';
import { sharedRole, sharedScope } from './shared-roles';
import type { ITrainingIdentity } from './vertex-training-identity';

/**
 * Permissions of the account that a pipeline runs as. Vertex AI creates no pipeline job whose account lacks
 * `metadataStores.get` ("Service accounts for Tabular Workflows"; googleapis/python-aiplatform#1880). The runner writes
 * executions, contexts and artifacts of ML Metadata, and runs each container component as a custom job.
 * https://cloud.google.com/vertex-ai/docs/tabular-data/tabular-workflows/service-accounts
 */
export const PIPELINE_RUNNER_PERMISSIONS: readonly string[] = [
  'aiplatform.artifacts.create',
  'aiplatform.artifacts.get',
  'aiplatform.artifacts.list',
  'aiplatform.artifacts.update',
  'aiplatform.contexts.addContextArtifactsAndExecutions',
  'aiplatform.contexts.addContextChildren',
  'aiplatform.contexts.create',
  'aiplatform.contexts.get',
  'aiplatform.contexts.list',
  'aiplatform.contexts.queryContextLineageSubgraph',
  'aiplatform.contexts.update',
  'aiplatform.customJobs.cancel',
  'aiplatform.customJobs.create',
  'aiplatform.customJobs.get',
  'aiplatform.customJobs.list',
  'aiplatform.executions.addExecutionEvents',
  'aiplatform.executions.create',
  'aiplatform.executions.get',
  'aiplatform.executions.list',
  'aiplatform.executions.queryExecutionInputsAndOutputs',
  'aiplatform.executions.update',
  'aiplatform.metadataSchemas.get',
  'aiplatform.metadataSchemas.list',
  'aiplatform.metadataStores.get',
  'aiplatform.metadataStores.list',
  'aiplatform.pipelineJobs.get',
];

/**
 * Allows an account to run pipelines in a project: one custom role and one member per stack, project and account,
 * for all who submit pipelines with this account.
 */
export function allowPipelineRuns(
  scope: IConstruct,
  project: GoogleProject,
  runAs: ITrainingIdentity,
  googleProvider?: TerraformProvider,
): TerraformResource[] {
  const stack = TerraformStack.of(scope);
  const { account } = runAs;
  const key = identityOf(stack, [project.id, account.email]);
  const role = sharedRole(stack, project, PIPELINE_RUNNER_PERMISSIONS, googleProvider, 'run pipelines');
  const members = oncePer(stack, `pipeline runner ${key}`, () => {
    const reason = 'runs pipelines: their metadata, and a custom job for each component';
    const grants = new GoogleGrants(sharedScope(stack), account, { reason }, googleProvider);
    return grants.customRole(role, { id: `pipeline-runner-${stableHash(key)}` });
  });
  for (const each of members) shareProvider(each, googleProvider);
  return members;
}
