import type { TerraformStack } from 'cdktf';
import { LambdaGate } from '../../../lib/orchestration/gates/lambda-gate';
import { GkeServiceStep } from '../../../lib/orchestration/services/gke-service-step';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import type { IChainable } from '../../../lib/orchestration/state-machine/step';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { ApprovalStep } from '../../../lib/orchestration/state-machine/steps/approval-step';
import { ChoiceStep } from '../../../lib/orchestration/state-machine/steps/choice-step';
import { StepCondition } from '../../../lib/orchestration/state-machine/steps/condition';
import { DecisionStep } from '../../../lib/orchestration/state-machine/steps/decision-step';
import { DistributedMapStep } from '../../../lib/orchestration/state-machine/steps/distributed-map-step';
import { FailStep } from '../../../lib/orchestration/state-machine/steps/fail-step';
import { LambdaStep } from '../../../lib/orchestration/state-machine/steps/lambda-step';
import { MapStep } from '../../../lib/orchestration/state-machine/steps/map-step';
import { ParallelStep } from '../../../lib/orchestration/state-machine/steps/parallel-step';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { SucceedStep } from '../../../lib/orchestration/state-machine/steps/succeed-step';
import { TaskStep } from '../../../lib/orchestration/state-machine/steps/task-step';
import { WaitStep } from '../../../lib/orchestration/state-machine/steps/wait-step';
import { inAws } from '../../property-values';
import { variantsOf, type Props, type TokenSubject, type TokenSubjects } from '../subject';
import { account, functionArn, statements, statementsWithLists, topicArn } from './common';

/** An orchestrator of a step: it writes the values of the step into its definition. */
export function runs(stack: TerraformStack, step: IChainable): void {
  new StepFunctionsOrchestrator(inAws(stack), 'it', {
    name: 'nightly',
    account: account as never,
    definition: step,
    timeoutSeconds: 86_400,
    acknowledge: { historyEvents: 'a test' },
    reason: 'loads',
  });
}

/** Subject of a step class with a name and props. */
export const stepSubject = (
  step: new (name: string, props: never) => IChainable,
  ...variants: TokenSubject['variants']
): TokenSubject => ({
  make: (stack, { name, ...props }: Props & { name: string }) => runs(stack, new step(name, props as never)),
  variants,
});

const retry = { Busy: { attempts: 2, intervalSeconds: 5, backoffRate: 2, maxDelaySeconds: 60 } };
export const result = { resultSelector: { 'rows.$': '$.rows', kind: 'x' }, resultPath: '$.result' };
export const retried = { retry, ...result };
const item = () => new PassStep('Item');
const serviceIn = (stack: TerraformStack) =>
  (stack.node.tryFindChild('service') as GkeServiceTarget | undefined) ??
  new GkeServiceTarget(inAws(stack), 'service', {
    name: 'books',
    account: account as never,
    url: 'https://books.example.com',
    auth: ServiceAuth.awsToken({ audience: 'https://books.example.com' }),
    methods: ['POST'],
    reason: 'loads',
  });

export const steps: TokenSubjects = {
  ApprovalStep: stepSubject(ApprovalStep, () => ({
    name: 'Approve',
    topicArn: topicArn,
    question: 'Continue?',
    details: { Rows: '$.rows' },
    timeoutSeconds: 600,
    resultPath: '$.approval',
  })),
  ChoiceStep: {
    make: (stack, { name }: { name: string }) =>
      runs(
        stack,
        new ChoiceStep(name)
          .when(StepCondition.isPresent('$.rows'), new SucceedStep('Yes'))
          .otherwise(new SucceedStep('No')),
      ),
    variants: [() => ({ name: 'Any rows?' })],
  },
  DecisionStep: stepSubject(DecisionStep, () => ({
    name: 'Good?',
    source: new LambdaGate({ functionArn }),
    condition: StepCondition.greaterThan('$.decision.value', 1),
    otherwise: new SucceedStep('No'),
  })),
  DistributedMapStep: stepSubject(
    DistributedMapStep,
    ...variantsOf(
      () => ({
        name: 'Each',
        item: item(),
        objects: { bucket: 'sales', prefix: 'in/' },
        batch: { size: 10 },
        maxConcurrency: 10,
        toleratedFailurePercentage: 5,
        results: { bucket: 'results', prefix: 'out/' },
        ...result,
      }),
      () => ({ objects: undefined, itemsPath: '$.items' }),
    ),
  ),
  FailStep: stepSubject(FailStep, () => ({ name: 'Stop', error: 'NoData', cause: 'no rows' })),
  GkeServiceStep: stepSubject(GkeServiceStep, (stack) => ({
    name: 'Call',
    target: serviceIn(stack),
    method: 'POST',
    path: '/v1/books',
    query: { kind: 'all' },
    headers: { accept: 'application/json' },
    body: { kind: 'all' },
    idempotencyKeyPath: '$.id',
    statuses: { 404: 'NoBook' },
    timeoutSeconds: 10,
    ...retried,
  })),
  LambdaStep: stepSubject(LambdaStep, () => ({
    name: 'Rank',
    functionArn,
    payload: { kind: 'all' },
    timeoutSeconds: 60,
    ...retried,
  })),
  MapStep: stepSubject(MapStep, () => ({
    name: 'Each',
    item: item(),
    itemsPath: '$.items',
    itemSelector: { kind: 'all' },
    maxConcurrency: 10,
    acknowledge: { overlappingJobs: 'they agree' },
    ...retried,
  })),
  ParallelStep: stepSubject(ParallelStep, () => ({
    name: 'Both',
    branches: [item()],
    acknowledge: { overlappingJobs: 'they agree' },
    ...retried,
  })),
  PassStep: stepSubject(PassStep, () => ({ name: 'Set', parameters: { kind: 'all' }, resultPath: '$.set' })),
  SucceedStep: {
    make: (stack, { name }: { name: string }) => runs(stack, new SucceedStep(name)),
    variants: [() => ({ name: 'Done' })],
  },
  TaskStep: stepSubject(
    TaskStep,
    ...variantsOf(
      () => ({
        name: 'Publish',
        resource: 'arn:aws:states:::sns:publish',
        parameters: { TopicArn: topicArn, Message: 'done' },
        statements,
        timeoutSeconds: 60,
        heartbeatSeconds: 10,
        ...retried,
      }),
      () => ({ statements: statementsWithLists }),
    ),
  ),
  WaitStep: stepSubject(
    WaitStep,
    () => ({ name: 'Wait', seconds: 10 }),
    () => ({ name: 'Wait', secondsPath: '$.seconds' }),
    () => ({ name: 'Wait', timestampPath: '$.until' }),
  ),
};
