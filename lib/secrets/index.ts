export type { CloudWatchMetric, FunctionMetric, MetricOptions } from '../aws/metric';
export type { ConsumerRestart } from './consumer-restart-props';
export { RotatedSecret } from './rotated-secret';
export type {
  AwsRotatedSecretAttributes,
  AwsRotatedSecretProps,
  CommonRotatedSecretProps,
  GeneratedValue,
  GoogleRotatedSecretAttributes,
  GoogleRotatedSecretProps,
  IRotatedSecret,
  RotatedSecretAttributes,
  RotatedSecretProps,
  SecretReader,
  SecretReplica,
} from './rotated-secret-props';
export { RotationHook, type RotationFunctionHook, type RotationStateMachineHook } from './rotation-hook';
export { SecretGrants, type GrantedAwsSecret, type GrantedGoogleSecret } from './secret-grants';
export { ROTATION_ERRORS, SECRET_ALIASES, type RotationHookRequest } from '../contracts/rotation';
