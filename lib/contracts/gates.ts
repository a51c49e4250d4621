import type { AwsExternalAccount } from './external-account';

/*
 * Settings, request and response of the function of a gate. Types and names only.
 */

/** Environment variable with the `GateReading` as JSON. */
export const GATE_VARIABLE = 'GATE_READING';

/** A metric of CloudWatch. */
export interface MetricReading {
  readonly kind: 'metric';
  readonly name: string;
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly periodSeconds: number;
  /** Maximum age of the newest value in seconds. */
  readonly windowSeconds: number;
}

/** A prediction of an endpoint of Vertex AI. */
export interface PredictionReading {
  readonly kind: 'prediction';
  readonly name: string;
  /** URL of the method `predict` of the endpoint. */
  readonly url: string;
  /** Path of the value in the response, from the root. */
  readonly value: readonly (string | number)[];
  /** ARN of the AWS role that the function assumes. The session name is the run id. */
  readonly roleArn: string;
  /** Credential configuration without a service account: the role is the principal. */
  readonly credentials: AwsExternalAccount;
  readonly reason: string;
}

/** Reading of one function. */
export type GateReading = MetricReading | PredictionReading;

/** Request of the state machine. */
export interface GateRequest {
  /** ARN of the execution. */
  readonly execution: string;
  /** Name of the step in the state machine. */
  readonly step: string;
  /** Instances of the prediction; undefined for a metric. */
  readonly instances?: readonly unknown[];
}

/** Response of the function. */
export interface GateAnswer {
  readonly value: number | string | boolean;
  /** Time of the measurement or the prediction, in ISO 8601. */
  readonly at: string;
}
