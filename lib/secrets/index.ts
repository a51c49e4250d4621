export type { ConsumerRestart } from './consumer-restart-props';
export { RotatedSecret } from './rotated-secret';
export type {
  AwsRotatedSecretProps,
  GeneratedValue,
  GoogleRotatedSecretProps,
  IAllowedRole,
  RotatedSecretProps,
  SecretOwner,
  SecretOwnerFunction,
  SecretOwnerStateMachine,
  SecretReader,
  SecretReplica,
} from './rotated-secret-props';
export { ROTATION_ERRORS, SECRET_ALIASES, type OwnerRequest } from '../contracts/rotation';
