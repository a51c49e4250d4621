import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { MetricGate } from '../../../lib/orchestration/gates/metric-gate';
import { PredictionGate } from '../../../lib/orchestration/gates/prediction-gate';
import { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { OrchestratorDashboard } from '../../../lib/orchestration/state-machine/dashboard/orchestrator-dashboard';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import {
  DecisionStep,
  type IDecisionSource,
} from '../../../lib/orchestration/state-machine/steps/decision-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import { betaIn, clusterIn, federationIn, inAws, orchestratorIn, trainingIn } from '../../property-values';
import { existingEndpoint } from '../../vertex/fixtures';
import { variantsOf, type TokenSubjects } from '../subject';
import {
  account,
  kmsKeyArn,
  ofFunction,
  project,
  statements,
  statementsWithLists,
  topicArn,
  why,
} from './common';

const endpointIn = (stack: TerraformStack) =>
  stack.node.tryFindChild('endpoint-4242') ?? existingEndpoint(stack);
/** An orchestrator that reads the gate. */
const decides = (stack: TerraformStack, source: IDecisionSource) =>
  new StepFunctionsOrchestrator(stack, 'decides', {
    name: 'decides',
    account: account as never,
    definition: new DecisionStep('Good?', {
      source,
      condition: StepCondition.greaterThan('$.decision.value', 1),
      otherwise: new SucceedStep('No'),
    }).next(new SucceedStep('Yes')),
    reason: 'decides',
  });
const audience = 'https://books.example.com';
const certificateAuthority = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';

export const targets: TokenSubjects = {
  GkeJobTarget: {
    make: (stack, props) => new GkeJobTarget(inAws(stack), 'it', props),
    variants: variantsOf(
      (stack) => ({
        name: 'etl',
        cluster: clusterIn(stack),
        federation: federationIn(stack),
        namespace: 'etl',
        serviceAccountName: 'etl',
        images: ['us-docker.pkg.dev/my-project/etl/*'],
        account,
        queue: 'batch',
        callbacks: true,
        secrets: ['database'],
        endpoint: { host: '10.0.0.2', certificateAuthority: 'LS0=' },
        ...ofFunction,
        ...why,
      }),
      () => ({ images: ['*'], acknowledge: { anyImage: 'a playground' } }),
      () => ({ namespace: 'default', acknowledge: { defaultNamespace: 'one tenant' } }),
    ),
  },
  GkeServiceTarget: {
    make: (stack, props) => new GkeServiceTarget(inAws(stack), 'it', props),
    variants: variantsOf(
      () => ({
        name: 'books',
        account,
        url: 'https://books.example.com',
        auth: ServiceAuth.awsToken({
          audience,
          durationSeconds: 60,
          signingAlgorithm: 'RS256',
          issuer: 'https://0f3c1b9a-1111-2222-3333-444455556666.tokens.sts.global.api.aws',
        }),
        methods: ['GET'],
        paths: ['/v1'],
        certificateAuthority,
        vpc: { subnetIds: ['subnet-0a'], securityGroupIds: ['sg-0b'] },
        timeoutSeconds: 60,
        responseBytes: 1_000,
        ...ofFunction,
        ...why,
      }),
      (stack) => ({
        auth: ServiceAuth.googleIdToken({ audience, project, federation: federationIn(stack) as never }),
      }),
    ),
  },
  MetricGate: {
    make: (stack, props) => decides(stack, new MetricGate(inAws(stack), 'it', props)),
    variants: [
      () => ({
        metric: {
          namespace: 'Shop',
          metricName: 'Orders',
          dimensions: { Queue: 'orders' },
          statistic: 'Maximum',
          period: 60,
        },
        windowSeconds: 3_600,
        name: 'backlog',
        account,
        ...ofFunction,
        ...why,
      }),
    ],
  },
  OrchestratorDashboard: {
    make: (stack, props) => new OrchestratorDashboard(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        orchestrator: orchestratorIn(stack),
        name: 'etl',
        triggers: [{ deadLetterQueueName: 'failed' }],
        deadLetterQueueNames: ['also-failed'],
      }),
    ],
  },
  PredictionGate: {
    make: (stack, props) => decides(stack, new PredictionGate(inAws(stack), 'it', props)),
    variants: variantsOf(
      (stack) => ({
        name: 'drift',
        account,
        federation: federationIn(stack),
        endpoint: endpointIn(stack),
        googleBetaProvider: betaIn(stack),
        value: 'score',
        instancesPath: '$.rows',
        host: '4242.us-central1-1.prediction.vertexai.goog',
        ...ofFunction,
        ...why,
      }),
      () => ({ googleBetaProvider: undefined, acknowledge: { projectWide: 'one model' } }),
    ),
  },
  StepFunctionsOrchestrator: {
    make: (stack, props) => new StepFunctionsOrchestrator(inAws(stack), 'it', props),
    variants: variantsOf(
      () => ({
        name: 'nightly',
        account,
        definition: new PassStep('Nothing'),
        type: 'STANDARD',
        timeoutSeconds: 86_400,
        statements,
        logExecutionData: true,
        logRetentionDays: 30,
        kmsKeyArn,
        alarmActions: [topicArn],
        acknowledge: { storedSecret: 'a name', historyEvents: 'few', earlyTimeout: 'later runs continue' },
        ...why,
      }),
      () => ({ statements: statementsWithLists }),
    ),
  },
  'StepFunctionsOrchestrator.fromArn': {
    make: (stack, { aliasArn }: { aliasArn: string }) =>
      StepFunctionsOrchestrator.fromArn(inAws(stack), 'it', aliasArn),
    variants: [() => ({ aliasArn: 'arn:aws:states:eu-west-1:210987654321:stateMachine:etl:live' })],
  },
  'StateMachineDefinition.fromString': {
    make: (stack, { text, ...options }: { text: string }) =>
      new StepFunctionsOrchestrator(inAws(stack), 'it', {
        name: 'nightly',
        account: account as never,
        definition: StateMachineDefinition.fromString(text, options),
        reason: 'loads',
      }),
    variants: [
      () => ({
        text: '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"${value}","End":true}}}',
        substitutions: { value: 'books' },
        targets: [],
      }),
    ],
  },
  'StateMachineDefinition.fromFile': {
    make: (stack, { path, ...options }: { path: string }) =>
      new StepFunctionsOrchestrator(inAws(stack), 'it', {
        name: 'nightly',
        account: account as never,
        definition: StateMachineDefinition.fromFile(path, options),
        reason: 'loads',
      }),
    variants: [
      () => ({
        path: join(__dirname, 'definition.asl.json'),
        substitutions: { value: 'books' },
        targets: [],
      }),
    ],
  },
  VertexTrainingTarget: {
    make: (stack, props) => new VertexTrainingTarget(inAws(stack), 'it', props),
    variants: [
      (stack) => ({
        name: 'train',
        account,
        federation: federationIn(stack),
        project,
        location: 'us-central1',
        runAs: trainingIn(stack),
        kind: 'pipelineJob',
        templateRepositories: [{ repositoryId: 'pipelines', location: 'us', project: 'my-project' }],
        networkAttachment: 'projects/my-project/regions/us-central1/networkAttachments/n',
        ...ofFunction,
        ...why,
      }),
    ],
  },
};
