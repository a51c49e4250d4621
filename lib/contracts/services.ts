import type { AwsExternalAccount } from './external-account';

/*
 * Settings, request and response of the function that calls a service. Types and names only.
 */

/** Environment variable with the `ServiceTarget` as JSON. */
export const SERVICE_VARIABLE = 'SERVICE_TARGET';

/** Method of a service call. */
export type ServiceMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** All methods of service calls. */
export const SERVICE_METHODS: readonly ServiceMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Idempotent methods: two calls have the effect of one. https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods */
export const IDEMPOTENT: readonly ServiceMethod[] = ['GET', 'HEAD', 'PUT', 'DELETE'];

/** Header with which a service distinguishes a repeated call from a new call. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** An ID token of Google for a service account. */
export interface GoogleTokenSettings {
  readonly kind: 'google';
  readonly audience: string;
  /** URL of the method `generateIdToken` of the service account, at IAM Credentials. */
  readonly idTokenUrl: string;
  /** Credential configuration without a service account: the role requests the token. */
  readonly credentials: AwsExternalAccount;
}

/** A token of AWS for the role. */
export interface AwsTokenSettings {
  readonly kind: 'aws';
  readonly audience: string;
  readonly signingAlgorithm: 'RS256' | 'ES384';
  readonly durationSeconds: number;
  /** Tags that STS signs as claims, in addition to `RUN_ID_TAG`. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Tag with the run id, which the function adds. */
export const RUN_ID_TAG = 'run-id';

/** The service that a function calls, and its authentication. */
export interface ServiceTarget {
  /** Name of the target. */
  readonly name: string;
  /** Origin of the service, with the common prefix of all paths if there is one. */
  readonly url: string;
  /** Certificate authority of the service: PEM in base64. Undefined for public authorities. */
  readonly certificateAuthority?: string;
  readonly methods: readonly ServiceMethod[];
  /** Allowed paths, each with all paths below it. */
  readonly paths: readonly string[];
  /** ARN of the AWS role that the function assumes. The session name is the run id. */
  readonly roleArn: string;
  readonly auth: GoogleTokenSettings | AwsTokenSettings;
  /** Maximum size of a response in bytes. */
  readonly responseBytes: number;
  readonly reason: string;
}

/** One call of the service. */
export interface ServiceRequest {
  /** ARN of the execution. */
  readonly execution: string;
  /** Name of the step in the state machine. */
  readonly step: string;
  /** Value of the idempotency header: the same for each attempt. */
  readonly key: string;
  readonly method: ServiceMethod;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Body, sent as JSON. */
  readonly body?: unknown;
  /** Error names of statuses: `{ "409": "AlreadyBooked" }`. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** Result of a service step. */
export interface ServiceResult {
  /** HTTP status: 2xx. */
  readonly status: number;
  /** Body: parsed JSON, else a string, or null for an empty body. */
  readonly body: unknown;
}
