import type { TerraformStack } from 'cdktf';
import type { GkeCluster } from '../../../lib/gke/gke-cluster';
import { GkeJobStep } from '../../../lib/orchestration/jobs/gke-job-step';
import { GkeJobTarget } from '../../../lib/orchestration/jobs/gke-job-target';
import { Retry } from '../../../lib/orchestration/jobs/retry';
import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { VertexJob } from '../../../lib/orchestration/training/vertex-job';
import { VertexTrainingStep } from '../../../lib/orchestration/training/vertex-training-step';
import { VertexTrainingTarget } from '../../../lib/orchestration/training/vertex-training-target';
import { clusterIn, federationIn, inAws, targetIn, trainingIn } from '../../property-values';
import { variantsOf, type TokenSubject, type TokenSubjects } from '../subject';
import { account, digest, project, tolerations } from './common';
import { retried, runs, stepSubject } from './steps';

const trainingTargetIn = (stack: TerraformStack, kind: 'customJob' | 'pipelineJob') =>
  (stack.node.tryFindChild(kind) as VertexTrainingTarget | undefined) ??
  new VertexTrainingTarget(inAws(stack), kind, {
    name: kind === 'customJob' ? 'train' : 'rank',
    account: account as never,
    federation: federationIn(stack) as never,
    project,
    location: 'us-central1',
    runAs: trainingIn(stack),
    kind,
    reason: 'trains',
  });

const queuedTargetIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('queued') as GkeJobTarget | undefined) ??
  new GkeJobTarget(inAws(stack), 'queued', {
    name: 'queued',
    cluster: clusterIn(stack) as GkeCluster,
    namespace: 'etl',
    serviceAccountName: 'etl',
    images: ['r/*'],
    queue: 'batch',
    account: account as never,
    federation: federationIn(stack) as never,
    reason: 'loads',
  });

const poll = { initialSeconds: 10, factor: 2, maxSeconds: 60 };

/** A choice with one condition: the condition writes its values into the definition. */
const condition = (
  make: (props: { path: string; value: never; pattern: string }) => StepCondition,
  ...values: object[]
): TokenSubject => ({
  make: (stack, props) =>
    runs(
      stack,
      new ChoiceStep('Which?').when(make(props), new SucceedStep('Yes')).otherwise(new SucceedStep('No')),
    ),
  variants: values.map((value) => () => ({ path: '$.rows', ...value })),
});

export const jobSteps: TokenSubjects = {
  GkeJobStep: stepSubject(
    GkeJobStep,
    ...variantsOf(
      (stack) => ({
        name: 'Extract',
        target: targetIn(stack),
        image: `r/web@${digest}`,
        jobName: 'extract',
        command: ['sh'],
        args: ['-c', 'true'],
        environment: { A: 'b' },
        resources: { cpu: '1', memory: '1Gi', ephemeralStorage: '1Gi', gpus: 1 },
        exitCodes: { 3: 'NoData' },
        deadlineSeconds: 3_600,
        timeoutSeconds: 7_200,
        pendingSeconds: 600,
        ttlSeconds: 86_400,
        poll,
        labels: { team: 'books' },
        annotations: { 'example.com/a': 'b' },
        nodeSelector: { pool: 'batch' },
        tolerations,
        userId: 1000,
        writableRootFilesystem: true,
        terminationGracePeriodSeconds: 60,
        ...retried,
      }),
      () => ({ args: undefined, argsPath: '$.args' }),
      () => ({ resources: undefined, retry: { 'GKE.OOMKilled': Retry.withMemory('2Gi', '4Gi') } }),
      () => ({
        indexed: { completions: 4, parallelism: 2, retriesPerIndex: 1, maxFailedIndexes: 1 },
      }),
      () => ({
        image: 'r/web:1',
        acknowledge: { imageByTag: 'rolls with the tag', overlappingJobs: 'they agree' },
      }),
      (stack) => ({ target: queuedTargetIn(stack), queue: 'batch' }),
    ),
  ),
  VertexTrainingStep: stepSubject(
    VertexTrainingStep,
    ...variantsOf(
      (stack) => ({
        name: 'Train',
        target: trainingTargetIn(stack, 'customJob'),
        job: VertexJob.custom({
          image: `us-docker.pkg.dev/my-project/images/train@${digest}`,
          machineType: 'n1-standard-8',
          gpus: { type: 'NVIDIA_TESLA_T4', count: 1 },
          machines: 1,
          command: ['python'],
          args: ['train.py'],
          environment: { A: 'b' },
        }),
        deadlineSeconds: 3_600,
        timeoutSeconds: 7_200,
        poll,
        exitCodes: { 3: 'NoData' },
        ...retried,
      }),
      () => ({
        job: VertexJob.custom({
          image: 'us-docker.pkg.dev/my-project/images/train:1',
          machineType: 'n1-standard-8',
          argsPath: '$.args',
        }),
        acknowledge: { imageByTag: 'rolls with the tag', overlappingJobs: 'they agree' },
      }),
      (stack) => ({
        target: trainingTargetIn(stack, 'pipelineJob'),
        deadlineSeconds: undefined,
        job: VertexJob.pipeline({
          templateUri: 'https://us-kfp.pkg.dev/my-project/pipelines/rank/v1',
          parameters: { a: 'b' },
        }),
      }),
    ),
  ),
  'StepCondition.equals': condition(
    ({ path, value }) => StepCondition.equals(path, value),
    { value: 'a' },
    { value: 1 },
    { value: true },
  ),
  'StepCondition.matches': condition(({ path, pattern }) => StepCondition.matches(path, pattern), {
    pattern: 'a*',
  }),
  'StepCondition.greaterThan': condition(({ path, value }) => StepCondition.greaterThan(path, value), {
    value: 1,
  }),
  'StepCondition.atLeast': condition(({ path, value }) => StepCondition.atLeast(path, value), { value: 1 }),
  'StepCondition.lessThan': condition(({ path, value }) => StepCondition.lessThan(path, value), { value: 1 }),
  'StepCondition.atMost': condition(({ path, value }) => StepCondition.atMost(path, value), { value: 1 }),
  'StepCondition.and': {
    make: (stack, { conditions }: { conditions: StepCondition[] }) =>
      runs(
        stack,
        new ChoiceStep('Which?')
          .when(StepCondition.and(...conditions), new SucceedStep('Yes'))
          .otherwise(new SucceedStep('No')),
      ),
    variants: [() => ({ conditions: [StepCondition.isPresent('$.a'), StepCondition.isPresent('$.b')] })],
  },
  'StepCondition.or': {
    make: (stack, { conditions }: { conditions: StepCondition[] }) =>
      runs(
        stack,
        new ChoiceStep('Which?')
          .when(StepCondition.or(...conditions), new SucceedStep('Yes'))
          .otherwise(new SucceedStep('No')),
      ),
    variants: [() => ({ conditions: [StepCondition.isPresent('$.a'), StepCondition.isPresent('$.b')] })],
  },
  'StepCondition.isPresent': condition(({ path }) => StepCondition.isPresent(path), {}),
  'StepCondition.isNumeric': condition(({ path }) => StepCondition.isNumeric(path), {}),
};
