import { EndpointCallers } from '../../../lib/identity/federation/endpoint-callers';
import { IsolatedNamespace } from '../../../lib/gke/isolated-namespace';
import { AwsToGoogleFederation } from '../../../lib/identity/federation/aws-to-google-federation';
import { ApiGatewayTarget } from '../../../lib/orchestration/services/api-gateway-target';
import { GkeServiceTarget } from '../../../lib/orchestration/services/gke-service-target';
import type { GkeServiceTargetProps } from '../../../lib/orchestration/services/gke-service-target-props';
import { StepFunctionsOrchestrator } from '../../../lib/orchestration/state-machine/step-functions-orchestrator';
import type { Step } from '../../../lib/orchestration/state-machine/step';
import { GkeServiceStep } from '../../../lib/orchestration/services/gke-service-step';
import type { GkeServiceStepProps } from '../../../lib/orchestration/services/gke-service-step-props';
import { PassStep } from '../../../lib/orchestration/state-machine/steps/pass-step';
import { VerifiedEndpoint } from '../../../lib/gke/verified-endpoint/verified-endpoint';
import { ServiceAuth } from '../../../lib/orchestration/services/service-auth';
import { account, orchestrationStack, project } from '../../orchestration/fixtures';
import { AUDIENCE, AWS } from './issuers';

/** The stack of the tests: one endpoint, its callers, and state machines that call it. */
export const stack = orchestrationStack();
const federation = new AwsToGoogleFederation(stack, 'federation', {
  project,
  account,
  poolId: 'aws-roles',
  reason: 'lets state machines call services',
});
const byGoogle = ServiceAuth.googleIdToken({ audience: AUDIENCE, federation, project });
const target = (
  name: string,
  auth: GkeServiceTargetProps['auth'],
  more: Partial<GkeServiceTargetProps> = {},
) =>
  new GkeServiceTarget(stack, `target-${name}`, {
    name,
    account,
    url: AUDIENCE,
    auth,
    paths: ['/v1'],
    reason: 'asks for books',
    ...more,
  });
/** Targets by the name of their state machine. */
export const targets = {
  google: target('google', byGoogle, { methods: ['GET', 'POST', 'PUT'], responseBytes: 2_000 }),
  es384: target('es384', ServiceAuth.awsToken({ audience: AUDIENCE })),
  rs256: target('rs256', ServiceAuth.awsToken({ audience: AUDIENCE, signingAlgorithm: 'RS256' })),
  // Who is not let in: for another service, as another caller.
  elsewhere: target(
    'elsewhere',
    ServiceAuth.googleIdToken({ ...byGoogle, audience: 'https://other.example.com' }),
  ),
  elsewhereAws: target('elsewhere-aws', ServiceAuth.awsToken({ audience: 'https://other.example.com' })),
  stranger: target('stranger', byGoogle),
  strangeRole: target('strange-role', ServiceAuth.awsToken({ audience: AUDIENCE })),
  nobody: target('nobody', ServiceAuth.awsToken({ audience: AUDIENCE })),
};
const namespace = new IsolatedNamespace(stack, 'namespace', { name: 'books' });
new VerifiedEndpoint(stack, 'endpoint', {
  name: 'books-verified',
  namespace,
  service: {
    workload: {
      namespace: 'books',
      serviceHost: 'books.books.svc.cluster.local',
      podLabels: { 'app.kubernetes.io/name': 'books' },
    },
    port: 8000,
  },
  callers: [
    EndpointCallers.google({
      audience: AUDIENCE,
      serviceAccountEmails: [
        targets.google.googleServiceAccount!.email,
        targets.elsewhere.googleServiceAccount!.email,
      ],
    }),
    EndpointCallers.aws({
      issuer: AWS,
      audience: AUDIENCE,
      roleArns: [targets.es384, targets.rs256, targets.elsewhereAws, targets.nobody].map(
        ({ callerRoleArn }) => callerRoleArn,
      ),
      requestTags: { 'run-id': '*', reason: 'asks for books' },
    }),
  ],
  image: `envoyproxy/envoy@sha256:${'0'.repeat(64)}`,
  exposure: 'cluster',
  reason: 'state machines ask for books',
  acknowledge: { plainHttp: 'a test' },
});
const gateway = new ApiGatewayTarget({ account, apiId: 'a1b2c3d4e5', stage: 'live' });

/** A state machine that launches something only after the call. */
function machine(
  name: string,
  props: Partial<GkeServiceStepProps> & Pick<GkeServiceStepProps, 'target'>,
): void {
  const call: Step = new GkeServiceStep('Call', { method: 'GET', path: '/v1/books', ...props });
  new StepFunctionsOrchestrator(stack, `machine-${name}`, {
    name,
    account,
    definition: call.next(new PassStep('Launch')),
    reason: 'is run by the tests',
  });
}
for (const [name, each] of Object.entries(targets)) machine(name, { target: each });
machine('post', {
  target: targets.google,
  method: 'POST',
  path: "States.Format('/v1/books/{}', $.book)",
  query: { lang: 'en', 'page.$': '$.page' },
  headers: { 'accept-language': 'en', 'tenant.$': '$.tenant' },
  body: { 'title.$': '$.title', copies: 2 },
  resultSelector: { 'id.$': '$.body.id' },
});
machine('put', { target: targets.google, method: 'PUT', body: {}, statuses: { 409: 'AlreadyBooked' } });
machine('keyed', { target: targets.google, method: 'POST', body: {}, idempotencyKeyPath: '$.key' });
machine('impatient', {
  target: targets.google,
  timeoutSeconds: 1,
  retry: { 'GKE.Service.Timeout': { attempts: 0 } },
});
machine('outside', { target: targets.google, path: '$.path' });
machine('gateway', {
  target: gateway,
  path: '/v1/books',
  query: { 'page.$': '$.page' },
  headers: { tenant: 'a' },
  statuses: { 409: 'AlreadyBooked' },
});
