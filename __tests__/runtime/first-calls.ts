import type { GateReading } from '../../lib/contracts/gates';
import type { ServiceTarget } from '../../lib/contracts/services';
import type { TrainingTarget } from '../../lib/contracts/training';
import { Monitoring } from '../lanes/steps/monitoring';
import { VertexServer } from '../lanes/steps/vertex-server';
import { ApiStandIn } from './api-stand-in';
import { AuthorizerCall } from './authorizer-call';
import { CALLER, EXECUTION, Harness, ROLE, submitRequest } from './harness';
import { RotationHarness } from './rotation-harness';
import { MARKER, TokenServers } from './token-servers';
import type { WebIdentityAsked } from './token-servers-options';

/*
 * What each function meets in its first call: servers of both clouds, its environment, and what it is asked. It
 * needs nothing of jest, so that the benchmark measures what the tests run.
 */

/** A function, and all that it takes to call it once. */
export interface FirstCall {
  start(): Promise<unknown>;
  stop(): Promise<unknown>;
  /** What AWS Lambda and the library put into its environment. */
  environment(): NodeJS.ProcessEnv;
  readonly event: unknown;
  /** A part of what it answers. */
  readonly answer: object;
}

/** Token of AWS that no pattern of tokens matches: only who knows it can take it out of a text. */
export const PROOF = `${MARKER}.made/for~one`;

/** An AWS role that Google lets in by itself, and AWS gives tokens to. */
export function tokenServers(asked: WebIdentityAsked[] = []): TokenServers {
  return new TokenServers({
    caller: CALLER,
    roles: [ROLE],
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/aws/providers/bridge',
    accepts: () => true,
    impersonates: {},
    tokens: {},
    webIdentityToken: (_, request) => {
      asked.push(request);
      return PROOF;
    },
  });
}

/** Credentials without an account of Google. */
export function ownCredentials(tokens: TokenServers) {
  return { ...tokens.credentialsFor('nobody'), service_account_impersonation_url: undefined };
}

export function aws(tokens: TokenServers): NodeJS.ProcessEnv {
  return {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: CALLER.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CALLER.secretAccessKey,
    AWS_SESSION_TOKEN: CALLER.sessionToken,
    AWS_ENDPOINT_URL_STS: tokens.stsEndpoint,
  };
}

class BridgeCall implements FirstCall {
  readonly event = submitRequest();
  readonly answer = { done: false, job: 'train-5d5bf4c27a' };
  private readonly harness = new Harness();

  async start(): Promise<void> {
    this.harness.api.behaviour = () => ({ status: 201, body: { metadata: { uid: 'u1' } } });
    await this.harness.start();
  }

  stop(): Promise<void> {
    return this.harness.stop();
  }

  environment(): NodeJS.ProcessEnv {
    return { ...aws(this.harness.tokens), JOB_TARGET: JSON.stringify(this.harness.target()) };
  }
}

class RotationCall implements FirstCall {
  readonly event = { action: 'rotate' };
  readonly answer = { outcome: 'rotated' };
  private readonly harness = new RotationHarness();

  start(): Promise<unknown> {
    return this.harness.start();
  }

  stop(): Promise<unknown> {
    return this.harness.stop();
  }

  environment(): NodeJS.ProcessEnv {
    return this.harness.environment();
  }
}

class ServiceCall implements FirstCall {
  readonly event = {
    execution: EXECUTION,
    step: 'Score',
    key: 'order-1',
    method: 'POST',
    path: '/v1/score',
    query: {},
    headers: {},
    body: { order: 1 },
    statuses: {},
    timeoutSeconds: 10,
  };
  readonly answer = { status: 200, body: { score: 7 } };
  private readonly tokens = tokenServers();
  private readonly api = new ApiStandIn();

  async start(): Promise<void> {
    this.api.behaviour = () => ({ status: 200, body: { score: 7 } });
    await Promise.all([this.tokens.start(), this.api.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tokens.stop(), this.api.stop()]);
  }

  environment(): NodeJS.ProcessEnv {
    const target: ServiceTarget = {
      name: 'score',
      url: `https://${this.api.host}`,
      certificateAuthority: this.api.certificateAuthority,
      methods: ['POST'],
      paths: ['/v1'],
      roleArn: ROLE,
      auth: {
        kind: 'aws',
        audience: 'https://score.example.com',
        signingAlgorithm: 'ES384',
        durationSeconds: 300,
        tags: { target: 'score', reason: 'scores orders' },
      },
      responseBytes: 1_000,
      reason: 'scores orders',
    };
    return { ...aws(this.tokens), SERVICE_TARGET: JSON.stringify(target) };
  }
}

/** Of the two kinds of gates the one that has the longer way. */
class GateCall implements FirstCall {
  readonly event = { execution: EXECUTION, step: 'Drift?', instances: [{ age: 3 }] };
  readonly answer = { value: 0.9 };
  private readonly tokens = tokenServers();
  private readonly vertex = new VertexServer((token) => this.tokens.sessionOf(token) !== undefined);

  async start(): Promise<void> {
    this.vertex.prediction = { status: 200, body: { predictions: [{ score: 0.9 }] } };
    await Promise.all([this.tokens.start(), this.vertex.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tokens.stop(), this.vertex.stop()]);
  }

  environment(): NodeJS.ProcessEnv {
    const reading: GateReading = {
      kind: 'prediction',
      name: 'drift',
      url: `${this.vertex.url}/v1/projects/p/locations/l/endpoints/42:predict`,
      value: ['predictions', 0, 'score'],
      roleArn: ROLE,
      credentials: ownCredentials(this.tokens),
      reason: 'no training without drift',
    };
    return { ...aws(this.tokens), GATE_READING: JSON.stringify(reading) };
  }
}

class MetricGateCall implements FirstCall {
  readonly event = { execution: EXECUTION, step: 'Short?' };
  readonly answer = { value: 7, at: '2026-11-20T10:00:00.000Z' };
  private readonly tokens = tokenServers();
  private readonly monitoring = new Monitoring();

  async start(): Promise<void> {
    this.monitoring.has([{ at: '2026-11-20T10:00:00Z', value: 7 }]);
    await Promise.all([this.tokens.start(), this.monitoring.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tokens.stop(), this.monitoring.stop()]);
  }

  environment(): NodeJS.ProcessEnv {
    const reading: GateReading = {
      kind: 'metric',
      name: 'backlog',
      namespace: 'AWS/SQS',
      metricName: 'Backlog',
      dimensions: {},
      statistic: 'Maximum',
      periodSeconds: 300,
      windowSeconds: 900,
    };
    return {
      ...aws(this.tokens),
      AWS_ENDPOINT_URL_CLOUDWATCH: this.monitoring.url,
      GATE_READING: JSON.stringify(reading),
    };
  }
}

class TrainingCall implements FirstCall {
  readonly event = trainingRequest();
  readonly answer = { done: false, waitSeconds: 30, phase: 'PENDING' };
  private readonly tokens = tokenServers();
  private readonly vertex = new VertexServer((token) => this.tokens.sessionOf(token) !== undefined);

  async start(): Promise<void> {
    await Promise.all([this.tokens.start(), this.vertex.start()]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.tokens.stop(), this.vertex.stop()]);
  }

  environment(): NodeJS.ProcessEnv {
    const target = trainingTarget(this.vertex.url, this.tokens);
    return { ...aws(this.tokens), TRAINING_TARGET: JSON.stringify(target) };
  }
}

export function trainingTarget(endpoint: string, tokens: TokenServers): TrainingTarget {
  return {
    name: 'train',
    kind: 'customJobs',
    endpoint,
    project: 'my-project',
    location: 'us-central1',
    runAs: 'trainer@my-project.iam.gserviceaccount.com',
    bucket: 'staged-files',
    roleArn: ROLE,
    credentials: ownCredentials(tokens),
    reason: 'trains the recommender',
  };
}

export function trainingRequest(overrides: object = {}) {
  return {
    action: 'submit',
    execution: EXECUTION,
    step: 'Train',
    attempt: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    schedule: { initialSeconds: 30, factor: 1.5, maxSeconds: 300 },
    exitCodes: { 3: 'NoNewData' },
    timeoutSeconds: 4_800,
    job: { workerPoolSpecs: [{ containerSpec: { imageUri: 'trainer' } }] },
    ...overrides,
  };
}

/** Each function that is shipped, by the name of its bundle. */
export const FIRST_CALLS: Readonly<Record<string, () => FirstCall>> = {
  jobs: () => new BridgeCall(),
  services: () => new ServiceCall(),
  gates: () => new GateCall(),
  training: () => new TrainingCall(),
  rotation: () => new RotationCall(),
  'google-authorizer': () => new AuthorizerCall(),
};

/** What a bundle does besides. */
export const OTHER_CALLS: Readonly<Record<string, () => FirstCall>> = { gates: () => new MetricGateCall() };
