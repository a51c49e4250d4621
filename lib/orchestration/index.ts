export type { CloudWatchMetric, FunctionMetric, MetricOptions } from '../aws/metric';
export { GKE_ERRORS, GKE_DISRUPTIONS, type GkeError } from '../contracts/job-errors';
export {
  JOB_ANNOTATIONS,
  JOB_LABELS,
  type JobReference,
  type JobResult,
  type OutputStatus,
} from '../contracts/jobs';
export { ApiGatewayTarget, type ApiGatewayTargetProps } from './services/api-gateway-target';
export { GATE_ERRORS, type GateError } from '../contracts/gate-errors';
export { STEP_ERRORS, type StepError } from '../contracts/step-errors';
export type { GateProps } from './gates/gate-function';
export { MetricGate, type MetricGateProps } from './gates/metric-gate';
export { PredictionGate, type PredictionGateProps } from './gates/prediction-gate';
export type { IInvocableFunction, ICancellableTarget } from './targets/target';
export {
  StateMachineDefinition,
  type DefinitionRequirements,
  type DefinitionOptions,
} from './state-machine/state-machine-definition';
export { type StandardOnly } from './state-machine/standard-only';
export { GkeJobTarget } from './jobs/gke-job-target';
export type {
  GkeJobTargetAcknowledgements,
  GkeJobTargetProps,
  IGkeJobTarget,
} from './jobs/gke-job-target-props';
export { GkeServiceTarget } from './services/gke-service-target';
export { ServiceAuth, type AwsTokenAuth, type GoogleIdTokenAuth } from './services/service-auth';
export type {
  FunctionVpc,
  GkeServiceTargetProps,
  IGkeServiceTarget,
} from './services/gke-service-target-props';
export type { ExecutionMetric } from './state-machine/execution-metrics';
export type { IStepFunctionsOrchestrator } from './state-machine/orchestrator';
export {
  OrchestratorGrants,
  type OrchestratorGrantDefaults,
  type StartedMachine,
} from './state-machine/orchestrator-grants';
export {
  OrchestratorDashboard,
  type IDashboardTrigger,
  type OrchestratorDashboardProps,
} from './state-machine/dashboard/orchestrator-dashboard';
export { estimatePollingCost, type PollingCost, type PollOptions } from './state-machine/poll-schedule';
export type { ServiceMethod, ServiceResult } from '../contracts/services';
export { SERVICE_ERRORS, type ServiceError } from '../contracts/service-errors';
export { StepFunctionsOrchestrator } from './state-machine/step-functions-orchestrator';
export type {
  OrchestratorAcknowledgements,
  StepFunctionsOrchestratorProps,
} from './state-machine/step-functions-orchestrator-props';
export {
  StepChain,
  Step,
  type IChainable,
  type RenderContext,
  type StepRequirements,
} from './state-machine/step';
export { FallibleStep, type CatchOptions } from './state-machine/fallible-step';
export { TerminalStep } from './state-machine/terminal-step';
export { ApprovalStep, type ApprovalStepProps } from './state-machine/steps/approval-step';
export { ChoiceStep } from './state-machine/steps/choice-step';
export { StepCondition } from './state-machine/steps/condition';
export { LambdaGate, type LambdaGateProps } from './gates/lambda-gate';
export {
  DecisionStep,
  type DecisionContext,
  type DecisionStepProps,
  type IDecisionSource,
} from './state-machine/steps/decision-step';
export {
  DistributedMapStep,
  type DistributedMapStepProps,
  type ItemBatch,
  type S3Location,
} from './state-machine/steps/distributed-map-step';
export { FailStep, type FailStepProps } from './state-machine/steps/fail-step';
export { GkeJobStep } from './jobs/gke-job-step';
export type {
  CallbackOptions,
  GkeJobAcknowledgements,
  GkeJobStepProps,
  IndexedJob,
  JobResources,
} from './jobs/gke-job-step-props';
export { GkeServiceStep } from './services/gke-service-step';
export type { GkeServiceStepProps } from './services/gke-service-step-props';
export { LambdaStep, type LambdaStepProps } from './state-machine/steps/lambda-step';
export { MapStep, type MapStepProps } from './state-machine/steps/map-step';
export { ParallelStep, type ParallelStepProps } from './state-machine/steps/parallel-step';
export { PassStep, type PassStepProps } from './state-machine/steps/pass-step';
export type { RetryByError, RetryOptions } from './state-machine/steps/retry';
export { SucceedStep } from './state-machine/steps/succeed-step';
export { TaskStep, type TaskStepProps } from './state-machine/steps/task-step';
export { WaitStep, type WaitStepProps } from './state-machine/steps/wait-step';
export { VertexTrainingStep } from './training/vertex-training-step';
export type {
  TrainingAcknowledgements,
  VertexTrainingStepProps,
} from './training/vertex-training-step-props';
export { VERTEX_ERRORS, type VertexError } from '../contracts/training-errors';
export type { TrainingResult } from '../contracts/training';
export { VertexTrainingTarget } from './training/vertex-training-target';
export type {
  IVertexTrainingTarget,
  VertexTrainingTargetProps,
} from './training/vertex-training-target-props';
export { EventBridgeTrigger, type EventBridgeTriggerProps } from './triggers/event-bridge-trigger';
export { PubSubTrigger } from './triggers/pub-sub-trigger';
export type { PubSubTriggerProps, PushRetry } from './triggers/pub-sub-trigger-props';
export { S3ObjectTrigger, type BucketSource, type S3ObjectTriggerProps } from './triggers/s3-object-trigger';
export { SqsTrigger } from './triggers/sqs-trigger';
export type { MessageBatch, QueueSource, SqsTriggerProps } from './triggers/sqs-trigger-props';
export { ScheduleTrigger, type ScheduleTriggerProps } from './triggers/schedule-trigger';
export type { DeliveryRetry, TriggerProps } from './triggers/trigger-props';
export type { Toleration } from '../kubernetes/toleration';
export {
  VertexJob,
  type CustomTraining,
  type PipelineTraining,
  type TrainingGpus,
} from './training/vertex-job';
export { Retry, type MemoryEscalation } from './jobs/retry';
export type { Catcher, State, States, StatesBlock } from './state-machine/asl/states';
export type { OverlapAcknowledgement } from './state-machine/steps/ambiguous-outcome';
