/*
 * What a caller of Vertex AI needs for each thing it may do, and no more. Compare roles/aiplatform.user, which has
 * 446 permissions. https://cloud.google.com/vertex-ai/docs/general/iam-permissions
 */

/** Something that an identity may do with Vertex AI. */
export type VertexCapability =
  | 'predict'
  | 'explain'
  | 'generate'
  | 'train'
  | 'tuneHyperparameters'
  | 'pipelines'
  | 'schedules'
  | 'uploadModel'
  | 'readModels'
  | 'deploy'
  | 'batchPredict'
  | 'readFeatures'
  | 'vectorSearch';

/** The permissions of each capability. */
export const CAPABILITY_PERMISSIONS: Readonly<Record<VertexCapability, readonly string[]>> = {
  predict: ['aiplatform.endpoints.predict'],
  explain: ['aiplatform.endpoints.explain'],
  generate: ['aiplatform.endpoints.predict'],
  train: [
    'aiplatform.customJobs.cancel',
    'aiplatform.customJobs.create',
    'aiplatform.customJobs.get',
    'aiplatform.customJobs.list',
  ],
  tuneHyperparameters: [
    'aiplatform.hyperparameterTuningJobs.create',
    'aiplatform.hyperparameterTuningJobs.get',
  ],
  pipelines: [
    'aiplatform.pipelineJobs.cancel',
    'aiplatform.pipelineJobs.create',
    'aiplatform.pipelineJobs.get',
    'aiplatform.pipelineJobs.list',
  ],
  schedules: ['aiplatform.schedules.create', 'aiplatform.schedules.get'],
  uploadModel: ['aiplatform.models.get', 'aiplatform.models.upload'],
  readModels: ['aiplatform.models.get', 'aiplatform.models.list'],
  deploy: ['aiplatform.endpoints.deploy', 'aiplatform.endpoints.get', 'aiplatform.endpoints.undeploy'],
  batchPredict: ['aiplatform.batchPredictionJobs.create', 'aiplatform.batchPredictionJobs.get'],
  readFeatures: ['aiplatform.featureViews.fetchFeatureValues', 'aiplatform.featureViews.get'],
  vectorSearch: ['aiplatform.indexEndpoints.queryVectors'],
};
