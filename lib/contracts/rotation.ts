import type { AwsExternalAccount } from './external-account';

/*
 * How a rotation is set up, what it asks of the owner of a secret, and what it can end with. Types and names only: the
 * function that runs on AWS takes nothing else from the library.
 */

export type { AwsExternalAccount };

/** Environment variable that holds the `Rotation` as JSON. */
export const ROTATION_VARIABLE = 'ROTATION';

/** Aliases of the versions in Secret Manager. Consumers read the first. */
export const SECRET_ALIASES = {
  /** The version whose value is set and tested. */
  current: 'current',
  /** The version before, for as long as it is kept. */
  previous: 'previous',
  /** The version that is being set and tested. */
  pending: 'pending',
} as const;

/** Annotations of the secret in Secret Manager: what the rotation has to remember. */
export const SECRET_ANNOTATIONS = {
  /** When `current` was moved. */
  rotatedAt: 'cdktf-multicloud.rotated-at',
  /** When a new value was given up. */
  givenUpAt: 'cdktf-multicloud.given-up-at',
  /** The version for which consumers were restarted. */
  restartedFor: 'cdktf-multicloud.restarted-for',
  /** The run that moved or gave up a version. */
  lastRun: 'cdktf-multicloud.last-run',
} as const;

/** Annotation of a pod template that `kubectl rollout restart` writes. The Deployments of this library ignore its changes. */
export const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

/** What a rotation can end with. */
export const ROTATION_ERRORS = {
  /** The function or the state machine that sets a value failed, or did not end in time. */
  SET_FAILED: 'Rotation.SetFailed',
  /** The function or the state machine that tests a value failed, or did not end in time. */
  TEST_FAILED: 'Rotation.TestFailed',
  /** Consumers have a new value, and were not all restarted. */
  RESTART_FAILED: 'Rotation.RestartFailed',
  /** The version that Secrets Manager names is not the pending one: its value was given up, or another is made. */
  NOT_PENDING: 'Rotation.NotPending',
  /** No token was given. */
  AUTH_FAILED: 'Rotation.AuthFailed',
  /** A service did not answer or answered with 5xx. */
  API_UNAVAILABLE: 'Rotation.ApiUnavailable',
  /** A service asked to slow down. */
  API_THROTTLED: 'Rotation.ApiThrottled',
  /** IAM does not allow it. */
  FORBIDDEN: 'Rotation.Forbidden',
  /** The service refused a request as it was. */
  REJECTED: 'Rotation.Rejected',
  /** Others changed the secret all the time. */
  CONFLICT: 'Rotation.Conflict',
  /** The event is not one that the function takes. */
  BAD_REQUEST: 'Rotation.BadRequest',
} as const;

/** What a new value is made of. */
export interface PasswordForm {
  /** Number of characters. */
  readonly length: number;
  /** The characters to choose from. */
  readonly alphabet: string;
}

/** A function that sets or tests a value at its owner. */
export interface OwnerFunction {
  /** ARN of an alias. */
  readonly functionArn: string;
  /** Seconds after which its answer is not waited for any more. */
  readonly timeoutSeconds: number;
}

/** A state machine that sets or tests a value at its owner. */
export interface OwnerStateMachine {
  /** ARN of an alias of a standard state machine. */
  readonly stateMachineArn: string;
  /** Seconds after which its execution is stopped. */
  readonly timeoutSeconds: number;
}

/** Who sets or tests a value. */
export type OwnerCall = OwnerFunction | OwnerStateMachine;

/**
 * Payload of that function, input of that state machine. The value is not in it: whoever needs it reads it by an
 * identity of its own.
 */
export interface RotationHookRequest {
  /** `set`: let the owner accept this value beside the one before. `test`: use the value. */
  readonly step: 'setSecret' | 'testSecret';
  /** `projects/PROJECT/secrets/NAME`, or the ARN of the secret. */
  readonly secret: string;
  /** Number of the version, or its id. */
  readonly version: string;
  /** The version that consumers have; null for the first. */
  readonly previousVersion: string | null;
}

/** Deployments to restart, and who does it. */
export interface RestartTarget {
  /** Host of the control plane, and port unless it is 443. */
  readonly host: string;
  /** PEM in base64, unless the certificate is a public one. */
  readonly certificateAuthority?: string;
  readonly namespace: string;
  readonly deployments: readonly string[];
  /** AWS role that Google knows. */
  readonly roleArn: string;
  readonly credentials: AwsExternalAccount;
}

interface AnyRotation {
  /** Name of the secret. */
  readonly name: string;
  readonly value: PasswordForm;
  readonly setSecret?: OwnerCall;
  readonly testSecret?: OwnerCall;
  readonly restart?: RestartTarget;
  readonly reason: string;
}

/** A secret in AWS Secrets Manager, which calls for each step. */
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
  /** AWS role that Google knows. */
  readonly roleArn: string;
  readonly credentials: AwsExternalAccount;
  readonly rotationSeconds: number;
  readonly retryWindowSeconds: number;
  readonly previousVersionGraceSeconds: number;
}

/** What one function rotates. */
export type Rotation = AwsRotation | GoogleRotation;
