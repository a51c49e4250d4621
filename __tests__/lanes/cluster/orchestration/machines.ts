import type { TerraformStack } from 'cdktf';
import { GkeToAwsRole } from '../../../../lib/identity/federation/gke-to-aws-role';
import { IsolatedNamespace } from '../../../../lib/gke/isolated-namespace';
import { WorkloadIdentityBinding } from '../../../../lib/identity/google/workload-identity-binding';
import type { IChainable } from '../../../../lib/orchestration/state-machine/step';
import type {
  GkeJobTargetProps,
  IGkeJobTarget,
} from '../../../../lib/orchestration/jobs/gke-job-target-props';
import { GkeJobTarget } from '../../../../lib/orchestration/jobs/gke-job-target';
import { StepFunctionsOrchestrator } from '../../../../lib/orchestration/state-machine/step-functions-orchestrator';
import { GkeJobStep } from '../../../../lib/orchestration/jobs/gke-job-step';
import type { GkeJobStepProps } from '../../../../lib/orchestration/jobs/gke-job-step-props';
import { account, IMAGE, orchestrationStack, platform } from '../../../orchestration/fixtures';

/** Targets in namespaces of their own, in one cluster; the Jobs of one wait in a queue. */
export function targets() {
  const stack = orchestrationStack();
  const shared = platform(stack);
  const targetIn = (name: string, props: Pick<GkeJobTargetProps, 'queue' | 'callbacks'> = {}) => {
    const namespace = new IsolatedNamespace(stack, `namespace-${name}`, {
      name,
      quota: { pods: '1000', 'requests.cpu': '1000', 'requests.memory': '1000Gi' },
    });
    const identity = new WorkloadIdentityBinding(stack, `identity-${name}`, {
      cluster: shared.cluster,
      namespace: namespace.name,
      serviceAccountName: `${name}-job`,
      reason: 'runs the Jobs of the tests',
    });
    return new GkeJobTarget(stack, name, {
      ...shared,
      name,
      namespace: namespace.name,
      serviceAccountName: identity.serviceAccountName,
      images: ['us-docker.pkg.dev/my-project/etl/*'],
      ...props,
      reason: `runs the Jobs of ${name}`,
      owner: 'team-data',
    });
  };
  return {
    stack,
    cluster: shared.cluster,
    federation: shared.federation,
    etl: targetIn('etl'),
    ml: targetIn('ml'),
    queued: targetIn('queued', { queue: 'batch' }),
    reporting: targetIn('reporting', { callbacks: true }),
  };
}

/** AWS role of the pods of the target `reporting`, with which they report to a state machine. */
export function reporterRole({ stack, cluster, reporting }: ReturnType<typeof targets>): GkeToAwsRole {
  return new GkeToAwsRole(stack, 'reporter', {
    cluster,
    account,
    namespace: reporting.namespace,
    serviceAccountName: reporting.serviceAccountName,
    roleName: 'reporter',
    reason: 'reports the end of a Job',
  });
}

/** A state machine of a stack. */
export function machine(
  stack: TerraformStack,
  name: string,
  definition: IChainable,
): StepFunctionsOrchestrator {
  return new StepFunctionsOrchestrator(stack, name, {
    name,
    account,
    definition,
    // A Distributed Map needs a time-out. It allows all retries of each machine of the tests.
    timeoutSeconds: 2_592_000,
    acknowledge: { historyEvents: 'the Jobs of the tests end within seconds' },
    reason: 'is run by the tests',
  });
}

/** A Job whose pods end as kwok is told by their annotations. */
export function job(
  name: string,
  target: IGkeJobTarget,
  fate: Readonly<Record<string, string>> = {},
  props: Partial<GkeJobStepProps> = {},
): GkeJobStep {
  return new GkeJobStep(name, {
    target,
    image: IMAGE,
    // The one node has 16 CPUs for the pods of all executions at a time.
    resources: { cpu: '100m' },
    poll: { initialSeconds: 1, maxSeconds: 2 },
    annotations: Object.fromEntries(Object.entries(fate).map(([key, value]) => [`kwok.test/${key}`, value])),
    ...props,
  });
}
