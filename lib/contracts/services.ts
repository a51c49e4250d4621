import type { AwsExternalAccount } from './external-account';

/*
 * What a state machine and the function that calls a service say to each other, and how that function is set up.
 * Types and names only.
 */

/** Environment variable that holds the `ServiceTarget` as JSON. */
export const SERVICE_VARIABLE = 'SERVICE_TARGET';

/** Method of a service call. */
export type ServiceMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** All methods of service calls. */
export const SERVICE_METHODS: readonly ServiceMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Calling twice does what calling once does. https://www.rfc-editor.org/rfc/rfc9110#name-idempotent-methods */
export const IDEMPOTENT: readonly ServiceMethod[] = ['GET', 'HEAD', 'PUT', 'DELETE'];

/** Header with which a service tells a call that is made again from a new one. */
export const IDEMPOTENCY_HEADER = 'idempotency-key';

/** An ID token of Google for a service account. */
export interface GoogleProof {
  readonly kind: 'google';
  readonly audience: string;
  /** `generateIdToken` of the service account, at IAM Credentials. */
  readonly idTokenUrl: string;
  /** Without a service account: the role asks for the token by itself. */
  readonly credentials: AwsExternalAccount;
}

/** A token of AWS for the role. */
export interface AwsProof {
  readonly kind: 'aws';
  readonly audience: string;
  readonly signingAlgorithm: 'RS256' | 'ES384';
  readonly durationSeconds: number;
}

/** The one service that a function may call, and how it shows who it is. */
export interface ServiceTarget {
  /** Name of the target. */
  readonly name: string;
  /** Origin of the service, and a first part of all paths if it has one. */
  readonly url: string;
  /** Certificate authority of the service: PEM in base64. Without it the public ones count. */
  readonly certificateAuthority?: string;
  readonly methods: readonly ServiceMethod[];
  /** A path is one of these or below it. */
  readonly paths: readonly string[];
  /** AWS role that the function takes on, with the run id as session name. */
  readonly roleArn: string;
  readonly auth: GoogleProof | AwsProof;
  /** Most bytes that are taken of an answer. */
  readonly responseBytes: number;
  readonly reason: string;
}

/** One call of the service. */
export interface ServiceRequest {
  /** ARN of the execution. */
  readonly execution: string;
  /** Name of the step, as it stands in the state machine. */
  readonly step: string;
  /** Value of the idempotency header: the same for each try. */
  readonly key: string;
  readonly method: ServiceMethod;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Names of statuses: `{ "409": "AlreadyBooked" }`. */
  readonly statuses: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** What a step gives to the next. */
export interface ServiceResult {
  /** Status of HTTP: a 2xx. */
  readonly status: number;
  /** The body: what its JSON says, else its text, or null where there is none. */
  readonly body: unknown;
}
