export type { ConsumerRestart } from './consumer-restart-props';
export { RotatedSecret } from './rotated-secret';
export type {
  AwsRotatedSecretProps,
  GeneratedValue,
  GoogleRotatedSecretProps,
  IAwsRole,
  RotatedSecretProps,
  RotationHook,
  RotationFunctionHook,
  RotationStateMachineHook,
  SecretReader,
  SecretReplica,
} from './rotated-secret-props';
export { ROTATION_ERRORS, SECRET_ALIASES, type RotationHookRequest } from '../contracts/rotation';
