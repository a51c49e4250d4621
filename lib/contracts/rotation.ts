import type { AwsExternalAccount } from './external-account';

/*
 * Settings of a rotation, requests of its hooks, and its errors. Types and names only: the function on AWS imports no
 * other file of the library.
 */

export type { AwsExternalAccount };

/** Environment variable with the `Rotation` as JSON. */
export const ROTATION_VARIABLE = 'ROTATION';

/** Aliases of the versions in Secret Manager. Consumers read the first. */
export const SECRET_ALIASES = {
  /** The version with a value that the hooks have set and tested. */
  current: 'current',
  /** The version before `current`, during the grace period. */
  previous: 'previous',
  /** The version that the rotation sets and tests. */
  pending: 'pending',
} as const;

/** Annotations of the secret in Secret Manager: the state of the rotation. */
export const SECRET_ANNOTATIONS = {
  /** Time of the last change of `current`. */
  rotatedAt: 'cdktf-multicloud.rotated-at',
  /** Time at which the rotation stopped to retry a new value. */
  givenUpAt: 'cdktf-multicloud.given-up-at',
  /** The version of the last restart of consumers. */
  restartedFor: 'cdktf-multicloud.restarted-for',
  /** The run that changed the aliases last. */
  lastRun: 'cdktf-multicloud.last-run',
} as const;

/** Annotation of a pod template that `kubectl rollout restart` writes. The Deployments of this library ignore its changes. */
export const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** Errors of a rotation. */
export const ROTATION_ERRORS = {
  /** The hook `setSecret` failed or timed out. */
  SET_FAILED: 'Rotation.SetFailed',
  /** The hook `testSecret` failed or timed out. */
  TEST_FAILED: 'Rotation.TestFailed',
  /** The restart of consumers failed after the publication of a new value. */
  RESTART_FAILED: 'Rotation.RestartFailed',
  /** The version that Secrets Manager names is not pending: it was rejected, or another rotation replaced it. */
  NOT_PENDING: 'Rotation.NotPending',
  /** The function got no token. */
  AUTH_FAILED: 'Rotation.AuthFailed',
  /** A service sent no response, or a response with status 5xx. */
  API_UNAVAILABLE: 'Rotation.ApiUnavailable',
  /** A service throttled the request. */
  API_THROTTLED: 'Rotation.ApiThrottled',
  /** IAM denied the request. */
  FORBIDDEN: 'Rotation.Forbidden',
  /** The service rejected a request as invalid. */
  REJECTED: 'Rotation.Rejected',
  /** Other callers changed the secret during each attempt. */
  CONFLICT: 'Rotation.Conflict',
  /** The event is invalid. */
  BAD_REQUEST: 'Rotation.BadRequest',
} as const;

/** Form of a new value. */
export interface PasswordForm {
  /** Number of characters. */
  readonly length: number;
  /** Characters of the value. */
  readonly alphabet: string;
}

/** A function that sets or tests a value. */
export interface HookFunction {
  /** ARN of an alias. */
  readonly functionArn: string;
  /** Seconds after which the rotation stops waiting for the response. */
  readonly timeoutSeconds: number;
}

/** A state machine that sets or tests a value. */
export interface HookStateMachine {
  /** ARN of an alias of a standard state machine. */
  readonly stateMachineArn: string;
  /** Seconds after which the rotation stops the execution. */
  readonly timeoutSeconds: number;
}

/** Call of a hook. */
export type HookCall = HookFunction | HookStateMachine;

/**
 * Payload of a function hook, or input of a state machine hook. It does not contain the value. The hook reads the value
 * with its identity.
 */
export interface RotationHookRequest {
  /** `setSecret`: the system accepts the value in addition to the previous one. `testSecret`: the hook uses the value. */
  readonly step: 'setSecret' | 'testSecret';
  /** `projects/PROJECT/secrets/NAME`, or the ARN of the secret. */
  readonly secret: string;
  /** Number of the version, or its id. */
  readonly version: string;
  /** Version that consumers have; null for the first rotation. */
  readonly previousVersion: string | null;
}

/** Deployments to restart, and the identity for the restart. */
export interface RestartTarget {
  /** Host of the control plane, and port unless it is 443. */
  readonly host: string;
  /** PEM in base64, unless the certificate is a public one. */
  readonly certificateAuthority?: string;
  readonly namespace: string;
  readonly deployments: readonly string[];
  /** ARN of the AWS role in the federation. */
  readonly roleArn: string;
  readonly credentials: AwsExternalAccount;
}

interface AnyRotation {
  /** Name of the secret. */
  readonly name: string;
  readonly value: PasswordForm;
  readonly setSecret?: HookCall;
  readonly testSecret?: HookCall;
  readonly restart?: RestartTarget;
  readonly reason: string;
}

/** A secret in AWS Secrets Manager, which invokes the function for each step. */
export interface AwsRotation extends AnyRotation {
  readonly store: 'aws-secrets-manager';
}

/** A secret in Google Secret Manager. */
export interface GoogleRotation extends AnyRotation {
  readonly store: 'google-secret-manager';
  /** `projects/PROJECT/secrets/NAME`. */
  readonly secret: string;
  /** Address of Secret Manager. */
  readonly endpoint: string;
  /** ARN of the AWS role in the federation. */
  readonly roleArn: string;
  readonly credentials: AwsExternalAccount;
  readonly rotationSeconds: number;
  readonly retryWindowSeconds: number;
  readonly previousVersionGraceSeconds: number;
}

/** Settings of the function of one secret. */
export type Rotation = AwsRotation | GoogleRotation;
