import { GKE_ERRORS, type GkeError } from '../../lib/contracts/job-errors';
import { Failure } from '../shared/http/failure';
import { containersOf, holding, mainContainerOf, type ContainerStatus, type Pod } from './kubernetes';
import { truncate } from '../shared/http/redact';

/** By the reason of the condition DisruptionTarget, except `TerminationByKubelet`. */
const DISRUPTIONS: Readonly<Record<string, GkeError>> = {
  PreemptionByScheduler: GKE_ERRORS.PREEMPTED,
  EvictionByEvictionAPI: GKE_ERRORS.EVICTED,
  DeletionByTaintManager: GKE_ERRORS.NODE_LOST,
  DeletionByPodGC: GKE_ERRORS.NODE_LOST,
};

/** By the reason of the pod itself. */
const POD_REASONS: Readonly<Record<string, GkeError>> = {
  Evicted: GKE_ERRORS.EVICTED,
  // The kubelet admits no pod that its node has no room for, or no longer matches.
  UnexpectedAdmissionError: GKE_ERRORS.EVICTED,
  NodeAffinity: GKE_ERRORS.EVICTED,
  TopologyAffinityError: GKE_ERRORS.EVICTED,
  Preempting: GKE_ERRORS.PREEMPTED,
  // A graceful shutdown of the node: on GKE, a spot machine that Google reclaims.
  Terminated: GKE_ERRORS.PREEMPTED,
  Shutdown: GKE_ERRORS.PREEMPTED,
  NodeShutdown: GKE_ERRORS.PREEMPTED,
  NodeLost: GKE_ERRORS.NODE_LOST,
  DeadlineExceeded: GKE_ERRORS.DEADLINE_EXCEEDED,
};

/** `OutOfcpu`, `OutOfnvidia.com/gpu` and any other resource, extended resources included. */
const OUT_OF_RESOURCE = /^OutOf/;

function errorOfReason(reason = ''): GkeError | undefined {
  return POD_REASONS[reason] ?? (OUT_OF_RESOURCE.test(reason) ? GKE_ERRORS.EVICTED : undefined);
}

/**
 * Messages of the kubelet for a pod over its own limit, which gets no condition DisruptionTarget
 * (`pkg/kubelet/eviction/eviction_manager.go`: pod and container ephemeral storage, emptyDir).
 */
const OWN_STORAGE_LIMIT = /exceed(s|ed) (the total limit|its local ephemeral storage limit|the limit)/i;

/** By the reason of a container without an exit code of the program. */
const CONTAINER_REASONS: Readonly<Record<string, GkeError>> = {
  ContainerStatusUnknown: GKE_ERRORS.NODE_LOST,
  StartError: GKE_ERRORS.CONFIG_ERROR,
  ContainerCannotRun: GKE_ERRORS.CONFIG_ERROR,
};

/** Error of a failed pod: disruptions first, then its containers. Undefined when the pod does not tell. */
export function failureOfPod(pod: Pod, exitCodes: Readonly<Record<string, string>>): Failure | undefined {
  return disrupted(pod) ?? endedByKubelet(pod) ?? exited(pod, exitCodes);
}

function disrupted({ metadata, status }: Pod): Failure | undefined {
  const condition = holding(status?.conditions, 'DisruptionTarget');
  if (condition?.reason === undefined) return undefined;
  const byKubelet = condition.reason === 'TerminationByKubelet';
  const error = byKubelet
    ? (errorOfReason(status?.reason) ?? GKE_ERRORS.PREEMPTED)
    : DISRUPTIONS[condition.reason];
  const why = [condition.reason, status?.reason, condition.message ?? status?.message];
  return error && new Failure(error, `Pod ${metadata.name} was disrupted${detail(why)}.`);
}

function endedByKubelet({ metadata, status }: Pod): Failure | undefined {
  const { reason, message } = status ?? {};
  const isOwnLimit = reason === 'Evicted' && OWN_STORAGE_LIMIT.test(message ?? '');
  const error = isOwnLimit ? GKE_ERRORS.STORAGE_EXCEEDED : errorOfReason(reason);
  return error && new Failure(error, `The kubelet ended pod ${metadata.name}${detail([reason, message])}.`);
}

/** The first container that failed; the main container comes first. Only its exit codes have names. */
function exited(pod: Pod, exitCodes: Readonly<Record<string, string>>): Failure | undefined {
  const container = containersOf(pod).find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  if (container === undefined) return undefined;
  return failureOfContainer(container, container === mainContainerOf(pod) ? exitCodes : {});
}

function failureOfContainer(
  { name: container, state }: ContainerStatus,
  exitCodes: Readonly<Record<string, string>>,
): Failure | undefined {
  if (state?.terminated === undefined) return undefined;
  const { exitCode, reason = '', message } = state.terminated;
  if (reason === 'OOMKilled') {
    return new Failure(GKE_ERRORS.OOM_KILLED, `Container ${container} used more memory than its limit.`);
  }
  const byKubelet = CONTAINER_REASONS[reason];
  const text = detail([message]);
  const why = detail([byKubelet && reason]);
  return new Failure(
    byKubelet ?? errorOfCode(exitCode, exitCodes),
    `Container ${container} ended with code ${exitCode}${why}${text}.`,
    text === '' ? [] : [text.slice(2)],
  );
}

/** Name of an exit code, or `GKE.JobFailed`. */
export function errorOfCode(exitCode: number, exitCodes: Readonly<Record<string, string>>): string {
  const name = Object.hasOwn(exitCodes, exitCode) ? exitCodes[exitCode] : undefined;
  return name ?? GKE_ERRORS.JOB_FAILED;
}

function detail(parts: readonly (string | undefined)[]): string {
  const text = parts.filter(Boolean).join(': ').trim().replace(/\.$/, '');
  return text === '' ? '' : `: ${truncate(text, 1000)}`;
}
