export { GKE_ERRORS, INTERRUPTIONS, type GkeError } from './bridge-errors';
export { JOB_ANNOTATIONS, JOB_LABELS, type JobPlace, type JobResult } from './bridge-contract';
export { ApiGatewayTarget, type ApiGatewayTargetProps } from './api-gateway-target';
export { GATE_ERRORS, type GateError } from './gate-errors';
export type { GateProps } from './gates/gate-function';
export { MetricGate, type GateMetric, type MetricGateProps } from './gates/metric-gate';
export { PredictionGate, type PredictionGateProps } from './gates/prediction-gate';
export type { ICalledFunction, ICleanedFunction } from './called-function';
export { Definition, type DefinitionNeeds, type DefinitionOptions } from './definition';
export { GkeJobTarget } from './gke-job-target';
export type { GkeJobTargetAcknowledgements, GkeJobTargetProps, IGkeJobTarget } from './gke-job-target-props';
export { GkeServiceTarget } from './gke-service-target';
export type {
  AwsTokenProof,
  FunctionVpc,
  GkeServiceTargetProps,
  GoogleIdTokenProof,
  IGkeServiceTarget,
  ServiceProof,
} from './gke-service-target-props';
export { OrchestratorDashboard, type OrchestratorDashboardProps } from './orchestrator-dashboard';
export { pollCost, type PollCost, type PollOptions } from './poll-schedule';
export type { ServiceMethod, ServiceResult } from './service-contract';
export { SERVICE_ERRORS, type ServiceError } from './service-errors';
export { StepFunctionsOrchestrator } from './step-functions-orchestrator';
export type {
  OrchestratorAcknowledgements,
  StepFunctionsOrchestratorProps,
} from './step-functions-orchestrator-props';
export { Chain, Step, type CatchOptions, type IChainable, type RenderContext, type StepNeeds } from './step';
export { ApprovalStep, type ApprovalStepProps } from './steps/approval-step';
export { ChoiceStep } from './steps/choice-step';
export { Condition } from './steps/condition';
export { decideByLambda, type DecidingFunction } from './steps/decide-by-lambda';
export {
  DecisionStep,
  type DecisionContext,
  type DecisionStepProps,
  type IDecisionSource,
} from './steps/decision-step';
export {
  DistributedMapStep,
  type DistributedMapStepProps,
  type ItemBatch,
  type S3Location,
} from './steps/distributed-map-step';
export { FailStep, type FailStepProps } from './steps/fail-step';
export { GkeJobStep } from './steps/gke-job-step';
export type {
  CallbackOptions,
  GkeJobAcknowledgements,
  GkeJobStepProps,
  IndexedJob,
  JobResources,
  JobToleration,
  MemoryLadder,
} from './steps/gke-job-step-props';
export { GkeServiceStep } from './steps/gke-service-step';
export type { GkeServiceStepProps } from './steps/gke-service-step-props';
export { LambdaStep, type LambdaStepProps } from './steps/lambda-step';
export { MapStep, type MapStepProps } from './steps/map-step';
export { ParallelStep, type ParallelStepProps } from './steps/parallel-step';
export { PassStep, type PassStepProps } from './steps/pass-step';
export type { RetryByError, RetryOptions } from './steps/retry';
export { SucceedStep } from './steps/succeed-step';
export { TaskStep, type TaskStepProps } from './steps/task-step';
export { WaitStep, type WaitStepProps } from './steps/wait-step';
export { VertexTrainingStep } from './steps/vertex-training-step';
export type {
  CustomTraining,
  PipelineTraining,
  TrainingAcknowledgements,
  TrainingGpus,
  VertexTrainingStepProps,
} from './steps/vertex-training-step-props';
export { VERTEX_ERRORS, type VertexError } from './training-errors';
export type { TrainingResult } from './training-contract';
export { VertexTrainingTarget } from './vertex-training-target';
export type { IVertexTrainingTarget, VertexTrainingTargetProps } from './vertex-training-target-props';
export { EventTrigger, type EventTriggerProps } from './triggers/event-trigger';
export { GoogleTrigger } from './triggers/google-trigger';
export type { GoogleTriggerProps, PushRetry } from './triggers/google-trigger-props';
export { ObjectTrigger, type ObjectTriggerProps } from './triggers/object-trigger';
export { QueueTrigger } from './triggers/queue-trigger';
export type { MessageBatch, QueueTriggerProps, SourceQueue } from './triggers/queue-trigger-props';
export { ScheduleTrigger, type ScheduleTriggerProps } from './triggers/schedule-trigger';
export type { DeliveryRetry, TriggerProps } from './triggers/trigger-props';
export { VerifiedEndpoint } from './verified-endpoint';
export type {
  AwsCallers,
  EndpointCallers,
  EndpointLimits,
  EndpointResources,
  EndpointService,
  GoogleCallers,
  IEndpointWorkload,
  VerifiedEndpointAcknowledgements,
  VerifiedEndpointProps,
} from './verified-endpoint-props';
