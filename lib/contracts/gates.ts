import type { AwsExternalAccount } from './external-account';

/*
 * What a state machine and the function that reads for a gate say to each other, and how that function is set up.
 * Types and names only.
 */

/** Environment variable that holds the `GateReading` as JSON. */
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
  /** How far back is looked for the newest value. */
  readonly windowSeconds: number;
}

/** A prediction of an endpoint of Vertex AI. */
export interface PredictionReading {
  readonly kind: 'prediction';
  readonly name: string;
  /** `predict` of the endpoint. */
  readonly url: string;
  /** Where in the answer the value is, from the outside in. */
  readonly value: readonly (string | number)[];
  /** AWS role that the function takes on, with the run id as session name. */
  readonly roleArn: string;
  /** Without a service account: the role itself is let in. */
  readonly credentials: AwsExternalAccount;
  readonly reason: string;
}

/** What one function reads. */
export type GateReading = MetricReading | PredictionReading;

/** What is asked of the function. */
export interface GateRequest {
  /** ARN of the execution. */
  readonly execution: string;
  /** Name of the step, as it stands in the state machine. */
  readonly step: string;
  /** What is predicted for; a metric has none. */
  readonly instances?: readonly unknown[];
}

/** What the function answers. */
export interface GateAnswer {
  readonly value: number | string | boolean;
  /** When the value was measured or predicted, in ISO 8601. */
  readonly at: string;
}
