import { ApiGatewayTarget } from '../../../lib/orchestration/services/api-gateway-target';
import { StateMachineDefinition } from '../../../lib/orchestration/state-machine/state-machine-definition';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import { SERVICE_METHODS } from '../../../lib/contracts/services';
import type { State, States } from '../../../lib/orchestration/state-machine/asl/states';
import { GkeServiceStep } from '../../../lib/orchestration/services/gke-service-step';
import type { GkeServiceStepProps } from '../../../lib/orchestration/services/gke-service-step-props';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { account, orchestrationStack } from '../fixtures';

export const service = new GkeServiceTarget(orchestrationStack(), 'books', {
  name: 'books',
  account,
  url: 'https://books.example.com',
  auth: ServiceAuth.awsToken({ audience: 'https://books.example.com' }),
  methods: SERVICE_METHODS,
  paths: ['/v1'],
  timeoutSeconds: 120,
  reason: 'asks for books',
});

export const gateway = new ApiGatewayTarget({
  account,
  apiId: 'a1b2c3d4e5',
  stage: 'live',
  methods: SERVICE_METHODS,
  paths: ['/v1'],
});

export const step = (props: Partial<GkeServiceStepProps> = {}) =>
  new GkeServiceStep('Score', { target: service, method: 'GET', path: '/v1/score', ...props });

export const statesOf = (props: Partial<GkeServiceStepProps> = {}) =>
  StateMachineDefinition.fromSteps(step(props)).states.States;

export const inner = (props: Partial<GkeServiceStepProps> = {}) =>
  (statesOf(props).Score!.Branches as { States: States }[])[0]!.States;

export const callOf = (props: Partial<GkeServiceStepProps> = {}): State => inner(props)['Score: call']!;

export const full: Partial<GkeServiceStepProps> = {
  method: 'POST',
  query: { day: '2026-11-21', 'shop.$': '$.shop' },
  headers: { accept: 'application/json', 'prefer.$': '$.prefer' },
  body: { 'order.$': '$.order', urgent: true },
  idempotencyKeyPath: '$.order.id',
  statuses: { 409: 'AlreadyBooked' },
  timeoutSeconds: 20,
  resultSelector: { 'score.$': '$.body.score' },
  resultPath: '$.score',
};
