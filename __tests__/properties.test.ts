import type { GoogleBetaProvider } from '@cdktf/provider-google-beta/lib/provider';
import { Lazy, TerraformVariable, Token, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import * as fc from 'fast-check';
import { ValidationError } from '../lib/core/errors';
import { GkeCluster } from '../lib/gke/gke-cluster';
import { GkeNetwork } from '../lib/gke/gke-network';
import { IsolatedNamespace } from '../lib/gke/isolated-namespace';
import { Workload } from '../lib/gke/workload';
import { AwsToGoogleFederation } from '../lib/identity/aws-to-google-federation';
import { GkeToAwsRole } from '../lib/identity/gke-to-aws-role';
import { WorkloadIdentityBinding } from '../lib/identity/workload-identity-binding';
import { GkeJobTarget } from '../lib/orchestration/jobs/gke-job-target';
import { GkeServiceTarget } from '../lib/orchestration/services/gke-service-target';
import { MetricGate } from '../lib/orchestration/gates/metric-gate';
import { PredictionGate, type PredictionGateProps } from '../lib/orchestration/gates/prediction-gate';
import { StepFunctionsOrchestrator } from '../lib/orchestration/state-machine/step-functions-orchestrator';
import { GkeJobStep } from '../lib/orchestration/jobs/gke-job-step';
import { PassStep } from '../lib/orchestration/state-machine/steps/pass-step';
import { OrchestratorDashboard } from '../lib/orchestration/state-machine/orchestrator-dashboard';
import { EventBridgeTrigger } from '../lib/orchestration/triggers/event-bridge-trigger';
import { PubSubTrigger } from '../lib/orchestration/triggers/pub-sub-trigger';
import { S3ObjectTrigger } from '../lib/orchestration/triggers/s3-object-trigger';
import { SqsTrigger } from '../lib/orchestration/triggers/sqs-trigger';
import { ScheduleTrigger } from '../lib/orchestration/triggers/schedule-trigger';
import { VerifiedEndpoint } from '../lib/gke/verified-endpoint/verified-endpoint';
import { VertexTrainingTarget } from '../lib/orchestration/training/vertex-training-target';
import { AwsAuditTrail } from '../lib/audit/aws-audit-trail';
import { GoogleAuditTrail } from '../lib/audit/google-audit-trail';
import { RotatedSecret } from '../lib/secrets/rotated-secret';
import { VertexAccess } from '../lib/vertex/vertex-access';
import { VertexEndpoint } from '../lib/vertex/vertex-endpoint';
import type { ITrainingIdentity } from '../lib/vertex/vertex-training-identity';
import { addresses, synthesized, testStack, withAws } from './synth';
import { beta, existingEndpoint, existingTraining } from './vertex/fixtures';

/*
 * Whatever props are given, and whatever their types: a construct is made and can be synthesized, or it is refused
 * whole. Values are functions of the stack, since tokens and constructs belong to one.
 */

type Make = (stack: TerraformStack) => unknown;
type Values = Record<string, readonly Make[]>;

const constant = (...values: readonly unknown[]): Make[] => values.map((value) => () => value);
const variable = (stack: TerraformStack, id: string) =>
  (stack.node.tryFindChild(id) as TerraformVariable | undefined) ?? new TerraformVariable(stack, id, {});

const hostile = fc.oneof(
  fc.constantFrom<Make>(
    ...constant(
      null,
      '',
      ' ',
      0,
      -1,
      1.5,
      NaN,
      Infinity,
      10n,
      true,
      false,
      [],
      {},
      [null],
      [[]],
      Symbol('s'),
    ),
    ...constant(
      '"',
      '\\',
      '${',
      '${var.x}',
      '%{ if true }',
      '$${x}',
      'one\ntwo',
      '\u0000',
      'ünïcödé',
      '🙂',
      '__proto__',
    ),
    ...constant({ constructor: 1 }, Object.create(null), new Date(0), /x/, () => 1),
  ),
  fc.string({ unit: 'binary' }).map(
    (text): Make =>
      () =>
        text,
  ),
  fc.jsonValue({ maxDepth: 2 }).map(
    (value): Make =>
      () =>
        value,
  ),
);

/** Strings that only Terraform or the end of the synthesis will know. */
const tokens: readonly Make[] = [
  (stack) => Token.asString(variable(stack, 'known').value),
  (stack) => variable(stack, 'known').stringValue,
  () => Lazy.stringValue({ produce: () => 'known-later' }),
];

interface Subject {
  readonly make: (stack: TerraformStack, props: never) => Construct;
  readonly good: Values;
  /** Properties that are strings of Terraform, where a token is as good as a value. */
  readonly open: readonly string[];
  /** What it takes for those to be written anywhere. */
  readonly shown?: Record<string, Make>;
}

const project = { id: 'my-project', number: '123456789012' };
const account = { id: '210987654321', region: 'us-east-1' };
const clusterIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('existing') ??
  GkeCluster.fromAttributes(stack, 'existing', { project, name: 'existing', location: 'us-central1' });
const identityIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('identity') ??
  new WorkloadIdentityBinding(stack, 'identity', {
    cluster: clusterIn(stack) as GkeCluster,
    namespace: 'books',
    serviceAccountName: 'reader',
    reason: 'reads',
  });
/** A federation that lets in somebody, so that it is in order by itself. */
const federationIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('federation') ??
  new AwsToGoogleFederation(stack, 'federation', {
    project,
    account,
    poolId: 'aws-roles',
    roles: ['other'],
    reason: 'lets functions act in Google Cloud',
  });
const inAws = (stack: TerraformStack) => (stack.node.tryFindChild('aws') ? stack : withAws(stack));
const betaIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('google-beta') as GoogleBetaProvider | undefined) ?? beta(stack);
const targetIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('target') as GkeJobTarget | undefined) ??
  new GkeJobTarget(inAws(stack), 'target', {
    name: 'other',
    cluster: clusterIn(stack) as GkeCluster,
    namespace: 'etl',
    serviceAccountName: 'etl',
    images: ['r/*'],
    account,
    federation: federationIn(stack) as AwsToGoogleFederation,
    reason: 'loads',
  });
const trainings = new WeakMap<TerraformStack, ITrainingIdentity>();
const trainingIn = (stack: TerraformStack) => {
  if (!trainings.has(stack)) trainings.set(stack, existingTraining(stack));
  return trainings.get(stack)!;
};
const kmsKeyArn = 'arn:aws:kms:us-east-1:210987654321:key/0f3c1b9a-1111-2222-3333-444455556666';
const ofFunctions = {
  memoryMb: constant(undefined, 128),
  logRetentionDays: constant(undefined, 30),
  kmsKeyArn: constant(undefined, kmsKeyArn),
  reservedConcurrency: constant(undefined, 5),
};
const why = {
  reason: constant('loads "all" of it', 'lädt Bücher 🙂', 'costs $5, or 5 {euros}'),
  owner: constant(undefined, 'team-books'),
  ticket: constant(undefined, 'ETL-7'),
};
const ownerArn = (name: string) => `arn:aws:lambda:us-east-1:210987654321:function:${name}:live`;
const orchestratorIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('orchestrator') ??
  new StepFunctionsOrchestrator(inAws(stack), 'orchestrator', {
    name: 'etl',
    account,
    definition: new PassStep('Nothing'),
    reason: 'loads',
  });
const namespaceIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('namespace') ?? new IsolatedNamespace(stack, 'namespace', { name: 'books' });
const ofTriggers = {
  name: constant('nightly', 'n'),
  orchestrator: [orchestratorIn],
  input: constant(undefined, { a: 'b "c" \\ ü' }),
  logRetentionDays: constant(undefined, 30),
  kmsKeyArn: constant(undefined, kmsKeyArn),
  alarmActions: constant(undefined, ['arn:aws:sns:us-east-1:210987654321:on-call']),
  ...why,
};
const image = `r/web@sha256:${'a'.repeat(64)}`;

const subjects: Record<string, Subject> = {
  WorkloadIdentityBinding: {
    make: (stack, props) => new WorkloadIdentityBinding(stack, 'it', props),
    shown: { kubernetesServiceAccount: () => 'create' },
    good: {
      cluster: [clusterIn],
      namespace: constant('books', 'shop'),
      additionalNamespaces: constant(undefined, [], ['search']),
      serviceAccountName: constant('reader', 'a.b'),
      kubernetesServiceAccount: constant(undefined, 'create', 'annotate', 'unmanaged'),
      googleServiceAccount: constant(undefined, {}, { accountId: 'books-reader', displayName: 'Books "1"' }),
      labels: constant(undefined, { team: 'books' }),
      annotations: constant(undefined, { 'example.com/a': 'b "c" \\ ü' }),
      reason: constant('reads "all" of it', 'liest Bücher 🙂', 'costs $5, or 5 {euros}'),
      owner: constant(undefined, 'team-books'),
    },
    open: ['namespace', 'serviceAccountName', 'reason', 'owner'],
  },
  GkeCluster: {
    make: (stack, props) => new GkeCluster(stack, 'it', props),
    good: {
      project: constant({ id: 'my-project' }, project),
      name: constant('books', 'c'),
      location: constant('us-central1'),
      network: [() => GkeNetwork.fromAttributes({ network: 'default', subnetwork: 'default' })],
      mode: constant(undefined, 'autopilot'),
      releaseChannel: constant(undefined, 'STABLE'),
      deletionProtection: constant(undefined, true, false),
      imageRepositories: constant(undefined, [{ repositoryId: 'images', location: 'us' }]),
      authorizedNetworks: constant(undefined, [{ cidr: '10.0.0.0/8', displayName: '"in"' }]),
      databaseKmsKeyName: constant(undefined, 'projects/p/locations/l/keyRings/r/cryptoKeys/k'),
      fleetProject: constant(undefined, 'fleet-project'),
      labels: constant(undefined, { team: 'books' }),
    },
    open: ['name', 'location', 'databaseKmsKeyName', 'fleetProject', 'releaseChannel'],
  },
  Workload: {
    make: (stack, props) => new Workload(stack, 'it', props),
    good: {
      name: constant('web'),
      identity: [identityIn],
      image: constant(image),
      port: constant(1, 8000, 65_535),
      environment: constant(undefined, { A: 'b "c" \\ ü \n 🙂 $${d}' }),
      command: constant(undefined, ['sh', '-c', 'echo "$HOME"']),
      replicas: constant(undefined, 0, 3),
      resources: constant(undefined, { cpu: '1' }),
      probe: constant(undefined, { path: '/healthz' }),
      labels: constant(undefined, { team: 'books' }),
    },
    open: ['name', 'image', 'containerName'],
  },
  IsolatedNamespace: {
    make: (stack, props) => new IsolatedNamespace(stack, 'it', props),
    good: {
      name: constant('books'),
      podSecurity: constant(undefined, 'baseline'),
      labels: constant(undefined, { team: 'books' }),
      quota: constant(undefined, { pods: '5' }),
      googleApis: constant(undefined, 'none', 'private'),
      containerDefaults: constant(undefined, { cpu: '1' }),
    },
    open: ['name', 'podSecurity'],
  },
  GkeNetwork: {
    make: (stack, props) => new GkeNetwork(stack, 'it', props),
    good: {
      project: constant({ id: 'my-project' }),
      region: constant('us-central1'),
      name: constant('books'),
      nodeCidr: constant(undefined, '192.168.0.0/20'),
      podCidr: constant(undefined, '172.16.0.0/14'),
      flowLogs: constant(undefined, true, false),
      nat: constant(undefined, true, false),
    },
    open: ['region', 'name', 'nodeCidr', 'podCidr', 'serviceCidr'],
  },
  VertexAccess: {
    make: (stack, props) => new VertexAccess(stack, 'it', props).generate().readModels(),
    good: {
      identity: [identityIn],
      project: constant(project),
      location: constant('us-central1', 'global'),
      reason: constant('ranks "all" of it', 'liest Bücher 🙂'),
      owner: constant(undefined, 'team-books'),
      ticket: constant(undefined, 'ML-7'),
    },
    open: ['reason', 'owner', 'ticket'],
  },
  VertexEndpoint: {
    make: (stack, props) => new VertexEndpoint(stack, 'it', props),
    good: {
      project: constant(project),
      location: constant('us-central1'),
      displayName: constant('shelf "ranking"', 'Bücher 🙂'),
      endpointId: constant(undefined, '42'),
      dedicatedEndpoint: constant(undefined, true),
      requestLogging: constant(undefined, { bigQueryTable: 'bq://p.d.t', samplingRate: 0.5 }),
      labels: constant(undefined, { team: 'books' }),
      reason: constant('serves the model'),
      owner: constant(undefined, 'team-books'),
    },
    open: ['location', 'displayName', 'endpointId', 'reason', 'owner'],
  },
  AwsToGoogleFederation: {
    make: (stack, props) => {
      const federation = new AwsToGoogleFederation(stack, 'it', props);
      federation.allowRole('etl');
      return federation;
    },
    good: {
      project: constant(project),
      account: constant(account),
      poolId: constant('aws-jobs', 'jobs'),
      providerId: constant(undefined, 'lambda'),
      roles: constant(undefined, [], ['api', 'batch+1@x']),
      reason: constant('loads "all" of it', 'lädt Bücher 🙂'),
      owner: constant(undefined, 'team-books'),
    },
    open: ['poolId', 'providerId', 'reason', 'owner'],
  },
  GkeToAwsRole: {
    make: (stack, props) => {
      if (!stack.node.tryFindChild('aws')) withAws(stack);
      return new GkeToAwsRole(stack, 'it', props);
    },
    good: {
      cluster: [clusterIn],
      account: constant(account),
      namespace: constant('books', 'shop'),
      serviceAccountName: constant('reader', 'a.b'),
      roleName: constant('books-reader', 'a+=,.@-_Z'),
      permissions: constant(
        undefined,
        [],
        [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/$${aws:userid}'] }],
      ),
      maxSessionSeconds: constant(undefined, 3_600, 43_200),
      reason: constant('reads "all" of it', 'liest Bücher'),
      owner: constant(undefined, 'team-books'),
    },
    open: ['namespace', 'serviceAccountName', 'roleName', 'reason', 'owner'],
  },
  GkeJobTarget: {
    make: (stack, props) => new GkeJobTarget(inAws(stack), 'it', props),
    good: {
      name: constant('etl', 'e'),
      cluster: [clusterIn],
      namespace: constant('etl', 'books'),
      serviceAccountName: constant('etl', 'a.b'),
      images: constant(['us-docker.pkg.dev/my-project/etl/*'], ['busybox', 'r/x:*']),
      account: constant(account),
      federation: [federationIn],
      queue: constant(undefined, 'batch'),
      callbacks: constant(undefined, true),
      secrets: constant(undefined, [], ['database']),
      endpoint: constant(
        undefined,
        { host: 'gke-1.us-central1.gke.goog' },
        { host: '10.0.0.2:443', certificateAuthority: 'LS0=' },
      ),
      alarmActions: constant(undefined, ['arn:aws:sns:us-east-1:210987654321:on-call']),
      ...ofFunctions,
      ...why,
    },
    open: ['namespace', 'serviceAccountName', 'queue', 'kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  StepFunctionsOrchestrator: {
    make: (stack, props) => new StepFunctionsOrchestrator(inAws(stack), 'it', props),
    good: {
      name: constant('nightly', 'N_1'),
      account: constant(account),
      definition: [
        () => new PassStep('Nothing', { parameters: { a: '${b} "c" \\ ü', 'd.$': '$.d' } }),
        (stack) => new GkeJobStep('Web "1" 🙂', { target: targetIn(stack), image }),
      ],
      type: constant(undefined, 'STANDARD'),
      timeoutSeconds: constant(undefined, 86_400),
      statements: constant(undefined, [
        { actions: ['s3:GetObject'], resources: ['arn:aws:s3:::a/$${aws:userid}'] },
      ]),
      logExecutionData: constant(undefined, true),
      logRetentionDays: constant(undefined, 30),
      kmsKeyArn: constant(undefined, kmsKeyArn),
      alarmActions: constant(undefined, ['arn:aws:sns:us-east-1:210987654321:on-call']),
      ...why,
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  GkeServiceTarget: {
    make: (stack, props) => new GkeServiceTarget(inAws(stack), 'it', props),
    good: {
      name: constant('books', 'b'),
      account: constant(account),
      url: constant('https://books.example.com', 'https://books.example.com:8443/api'),
      proof: [
        () => ({ aws: { audience: 'https://books.example.com', durationSeconds: 60 } }),
        (stack) => ({
          google: { audience: 'https://books.example.com', project, federation: federationIn(stack) },
        }),
      ],
      methods: constant(undefined, ['GET'], ['POST', 'DELETE']),
      paths: constant(undefined, ['/'], ['/v1', "/a'b(c)"]),
      certificateAuthority: constant(
        undefined,
        '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n',
      ),
      vpc: constant(undefined, { subnetIds: ['subnet-0a'], securityGroupIds: ['sg-0b'] }),
      timeoutSeconds: constant(undefined, 1, 840),
      responseBytes: constant(undefined, 1, 200_000),
      ...ofFunctions,
      ...why,
    },
    open: ['url', 'kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  MetricGate: {
    make: (stack, props) => new MetricGate(inAws(stack), 'it', props),
    good: {
      name: constant('backlog'),
      account: constant(account),
      metric: constant(
        { namespace: 'AWS/SQS', name: 'Backlog', statistic: 'Maximum' },
        {
          namespace: 'Shop',
          name: 'a "b"',
          statistic: 'p99',
          dimensions: { 'Q "1"': 'x' },
          periodSeconds: 60,
        },
      ),
      windowSeconds: constant(undefined, 3_600),
      ...ofFunctions,
      ...why,
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  PredictionGate: {
    make: (stack, props: PredictionGateProps) =>
      new PredictionGate(inAws(stack), 'it', props && { googleBetaProvider: betaIn(stack), ...props }),
    good: {
      name: constant('drift'),
      account: constant(account),
      federation: [federationIn],
      endpoint: [(stack) => stack.node.tryFindChild('endpoint-4242') ?? existingEndpoint(stack)],
      value: constant('score', 'predictions[0].score'),
      instancesPath: constant(undefined, '$.rows'),
      host: constant(undefined, '4242.us-central1-1.prediction.vertexai.goog'),
      ...ofFunctions,
      ...why,
    },
    open: ['host', 'kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  VertexTrainingTarget: {
    make: (stack, props) => new VertexTrainingTarget(inAws(stack), 'it', props),
    good: {
      name: constant('train'),
      account: constant(account),
      federation: [federationIn],
      project: constant(project),
      location: constant('us-central1'),
      runAs: [(stack) => trainingIn(stack)],
      kind: constant('customJob', 'pipeline'),
      networkAttachment: constant(undefined, 'projects/p/regions/r/networkAttachments/n'),
      alarmActions: constant(undefined, ['arn:aws:sns:us-east-1:210987654321:on-call']),
      ...ofFunctions,
      ...why,
    },
    open: ['networkAttachment', 'kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  ScheduleTrigger: {
    make: (stack, props) => new ScheduleTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      expression: constant('rate(1 day)', 'cron(0 3 * * ? *)'),
      timeZone: constant(undefined, 'America/Chicago'),
      flexibleWindowMinutes: constant(undefined, 15),
      enabled: constant(undefined, false),
      retry: constant(undefined, { attempts: 3, ageSeconds: 600 }),
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  EventBridgeTrigger: {
    make: (stack, props) => new EventBridgeTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      eventPattern: constant({ source: ['books'] }, { detail: { 'a "b"': [{ prefix: 'ü' }] } }),
      eventBusName: constant(undefined, 'shop'),
      identity: constant(undefined, ['$.id'], ['$.detail.order']),
      enabled: constant(undefined, false),
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  S3ObjectTrigger: {
    make: (stack, props) => new S3ObjectTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      bucketName: constant('sales'),
      prefix: constant(undefined, 'in/'),
      suffix: constant(undefined, '.csv'),
      ownsBucketNotification: constant(undefined, true),
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  SqsTrigger: {
    make: (stack, props) => new SqsTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      queue: constant(undefined, { arn: 'arn:aws:sqs:us-east-1:210987654321:orders' }),
      batch: constant(undefined, { size: 10, windowSeconds: 5 }),
      maxReceiveCount: constant(undefined, 5),
      enabled: constant(undefined, false),
    },
    open: ['reason', 'owner', 'ticket'],
  },
  PubSubTrigger: {
    make: (stack, props) => new PubSubTrigger(inAws(stack), 'it', props),
    good: {
      ...ofTriggers,
      project: constant(project),
      topic: constant('projects/my-project/topics/sales'),
      filter: constant(undefined, 'attributes.kind = "sale"'),
      requestsPerSecond: constant(undefined, 10),
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  'RotatedSecret on Google': {
    make: (stack, props: object) =>
      new RotatedSecret(inAws(stack), 'it', (props && { host: 'google', ...props }) as never),
    good: {
      name: constant('database'),
      account: constant(account),
      project: constant(project),
      federation: [federationIn],
      rotationDays: constant(1, 30),
      value: constant(undefined, { length: 24 }),
      retryWindowSeconds: constant(undefined, 600),
      previousVersionGraceSeconds: constant(undefined, 0),
      kmsKey: constant(undefined, 'projects/p/locations/global/keyRings/r/cryptoKeys/k'),
      notificationTopic: constant(undefined, 'projects/p/topics/t'),
      deletionProtection: constant(undefined, false),
      logRetentionDays: constant(undefined, 30),
      ...why,
    },
    open: ['notificationTopic', 'kmsKey', 'reason', 'owner', 'ticket'],
  },
  'RotatedSecret on AWS': {
    make: (stack, props: object) =>
      new RotatedSecret(inAws(stack), 'it', (props && { host: 'aws', ...props }) as never),
    good: {
      name: constant('database'),
      account: constant(account),
      rotationDays: constant(1, 30),
      test: constant(undefined, { functionArn: ownerArn('test'), timeoutSeconds: 30 }),
      kmsKeyArn: constant(undefined, kmsKeyArn),
      recoveryDays: constant(undefined, 7),
      logRetentionDays: constant(undefined, 30),
      ...why,
    },
    open: ['kmsKeyArn', 'reason', 'owner', 'ticket'],
  },
  AwsAuditTrail: {
    make: (stack, props) => new AwsAuditTrail(inAws(stack), 'it', props),
    good: {
      account: constant(account),
      name: constant(undefined, 'trail'),
      functionArns: constant(undefined, [ownerArn('set')]),
      stateMachineArns: constant(undefined, ['arn:aws:states:us-east-1:210987654321:stateMachine:etl']),
      retentionDays: constant(undefined, 1, 3650),
      logRetentionDays: constant(undefined, 30),
      alarmActions: constant(undefined, []),
    },
    open: [],
  },
  OrchestratorDashboard: {
    make: (stack, props) => new OrchestratorDashboard(inAws(stack), 'it', props),
    good: {
      orchestrator: [orchestratorIn],
      name: constant(undefined, 'etl'),
      deadLetterQueueNames: constant(undefined, [], ['failed', 'failed.fifo']),
    },
    open: [],
  },
  VerifiedEndpoint: {
    make: (stack, props) => new VerifiedEndpoint(stack, 'it', props),
    good: {
      name: constant('books-verified'),
      namespace: [namespaceIn],
      service: constant({
        workload: {
          namespace: 'books',
          serviceHost: 'books.books.svc.cluster.local',
          podLabels: { 'app.kubernetes.io/name': 'books' },
        },
        port: 8000,
      }),
      callers: constant([
        {
          google: {
            audience: 'https://books.example.com',
            serviceAccountEmails: ['a@my-project.iam.gserviceaccount.com'],
          },
        },
      ]),
      image: constant(`envoyproxy/envoy@sha256:${'a'.repeat(64)}`),
      exposure: constant('cluster'),
      tlsSecretName: constant('tls'),
      paths: constant(undefined, ['/v1']),
      methods: constant(undefined, ['GET']),
      replicas: constant(undefined, 1),
      ...why,
    },
    open: ['reason', 'owner', 'ticket'],
  },
  GoogleAuditTrail: {
    make: (stack, props) => new GoogleAuditTrail(stack, 'it', props),
    good: {
      project: constant(project),
      location: constant('us-central1', 'eu'),
      name: constant(undefined, 'trail'),
      destination: constant(undefined, 'log-bucket', 'bigquery'),
      retentionDays: constant(undefined, 1, 3650),
      notificationChannels: constant(undefined, [], ['projects/p/notificationChannels/1']),
    },
    open: ['location', 'name'],
  },
};

/** Good props, some of them replaced. */
function propsOf({ good }: Subject, spoilt: fc.Arbitrary<Record<string, Make>>) {
  const fine = fc.record(
    Object.fromEntries(Object.entries(good).map(([name, makes]) => [name, fc.constantFrom(...makes)])),
  );
  return fc.tuple(fine, spoilt).map(([first, second]) => ({ ...first, ...second }) as Record<string, Make>);
}

const made = (makes: Record<string, Make>, stack: TerraformStack) =>
  Object.fromEntries(Object.entries(makes).map(([name, make]) => [name, make(stack)])) as never;

/** Objects that merely look like constructs are left out: see the failing tests of each construct. */
const references = [
  'orchestrator',
  'service',
  'federation',
  'runAs',
  'proof',
  'cluster',
  'network',
  'identity',
  'googleServiceAccount',
  'nodeServiceAccount',
  'nodePools',
];

describe.each(Object.entries(subjects))('%s', (_, subject) => {
  const closed = Object.keys(subject.good).filter((name) => !references.includes(name));

  test('of good props is written as JSON that Terraform reads, the same every time', () => {
    fc.assert(
      fc.property(propsOf(subject, fc.constant({})), (makes) => {
        const texts = [1, 2].map(() => {
          const stack = testStack();
          subject.make(stack, made(makes, stack));
          return JSON.stringify(synthesized(stack));
        });
        expect(texts[0]).toBe(texts[1]);
        expect(texts[0]).not.toMatch(/TfToken\[|\[object |undefined|NaN/);
      }),
      { numRuns: 25 },
    );
  });

  (subject.open.length > 0 ? test : test.skip)(
    'of values that come later is made, and they stay references',
    () => {
      const later = fc
        .dictionary(fc.constantFrom(...subject.open), fc.constantFrom(...tokens), { minKeys: 1 })
        .map((makes) => ({ ...subject.shown, ...makes }));
      fc.assert(
        fc.property(propsOf(subject, later), (makes) => {
          const stack = testStack();
          subject.make(stack, made(makes, stack));
          const text = JSON.stringify(synthesized(stack));
          expect(text).not.toMatch(/TfToken\[/);
          expect(text).toMatch(/\$\{var\.known\}|known-later/);
        }),
        { numRuns: 25 },
      );
    },
  );

  test('of anything else is made or refused whole, with path and property of every problem', () => {
    const spoilt = fc.dictionary(
      fc.oneof(fc.constantFrom(...closed), fc.stringMatching(/^[a-zA-Z]{1,12}$/)),
      hostile,
      {
        maxKeys: 4,
      },
    );
    fc.assert(
      fc.property(propsOf(subject, spoilt), (makes) => {
        const stack = testStack();
        const props = made(makes, stack);
        const before = addresses(synthesized(stack));
        try {
          subject.make(stack, props);
        } catch (error) {
          if (!(error instanceof ValidationError)) throw error;
          expect(error.message.startsWith('prod/it: ')).toBe(true);
          expect(error.problems.length).toBeGreaterThan(0);
          for (const { property } of error.problems) expect(error.message).toContain(`${property}: `);
          expect(stack.node.tryFindChild('it')).toBeUndefined();
          expect(addresses(synthesized(stack))).toEqual(before);
          return;
        }
        expect(JSON.stringify(synthesized(stack))).not.toMatch(/TfToken\[|\[object /);
      }),
      { numRuns: 120 },
    );
  });

  test('without any one of what it needs is refused for that', () => {
    const stack = testStack();
    const first = Object.fromEntries(Object.entries(subject.good).map(([name, makes]) => [name, makes[0]!]));
    for (const [name, makes] of Object.entries(subject.good)) {
      if (makes.some((make) => make(stack) === undefined)) continue;
      const rest = Object.fromEntries(Object.entries(first).filter(([other]) => other !== name));
      let refused: unknown;
      try {
        subject.make(stack, made(rest, stack));
      } catch (error) {
        refused = error;
      }
      expect(String(refused)).toMatch(new RegExp(`^ValidationError: prod/it: .*${name}: is missing; `, 's'));
    }
  });

  test('of no props at all is refused', () => {
    expect(() => subject.make(testStack(), undefined as never)).toThrow(
      /^prod\/it: .*props: is missing; it is an object/s,
    );
  });
});
