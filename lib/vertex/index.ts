export { type VertexCapability } from './capabilities';
export { VertexAccess } from './vertex-access';
export {
  type EndpointAcknowledgements,
  type EndpointGrantOptions,
  type PipelineGrantOptions,
  type VertexAccessProps,
  type VertexGrantOptions,
} from './vertex-access-props';
export {
  VertexEndpoint,
  type IVertexEndpoint,
  type VertexEndpointAttributes,
  type VertexEndpointProps,
  type VertexRequestLogging,
} from './vertex-endpoint';
export {
  VertexTrainingIdentity,
  type ITrainingIdentity,
  type TrainingIdentityAttributes,
  type VertexTrainingIdentityProps,
} from './vertex-training-identity';
export {
  TriggeredJob,
  type TrainingAccelerator,
  type TriggeredCustomJob,
  type TriggeredPipeline,
} from './training-job';
export { TrainingTrigger } from './training-trigger';
export { type DeploymentSource, type ImageSource, type TrainingTriggerProps } from './training-trigger-props';
export { VertexCallback } from './vertex-callback';
export {
  type PrivateCallbackPath,
  type PublicCallbackPath,
  type VertexCallbackProps,
} from './vertex-callback-props';
