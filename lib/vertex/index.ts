export { type VertexCapability } from './capabilities';
export {
  VertexAccess,
  type EndpointAcknowledgements,
  type EndpointGrantOptions,
  type VertexAccessProps,
  type VertexGrantOptions,
} from './vertex-access';
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
  type VertexTrainingIdentityProps,
} from './vertex-training-identity';
export { type TrainingAccelerator, type TriggeredCustomJob, type TriggeredPipeline } from './training-job';
export {
  TrainingTrigger,
  type DeploymentSource,
  type ImageSource,
  type TrainingTriggerProps,
} from './training-trigger';
