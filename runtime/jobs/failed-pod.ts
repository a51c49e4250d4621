import { GKE_ERRORS, type GkeError } from '../../lib/contracts/job-errors';
import { Failure } from '../shared/http/failure';
import { containersOf, holding, type Pod } from './kubernetes';
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
  UnexpectedAdmissionError: GKE_ERRORS.EVICTED,
  OutOfcpu: GKE_ERRORS.EVICTED,
  OutOfmemory: GKE_ERRORS.EVICTED,
  OutOfpods: GKE_ERRORS.EVICTED,
  'OutOfephemeral-storage': GKE_ERRORS.EVICTED,
  Preempting: GKE_ERRORS.PREEMPTED,
  // A node that shuts down in good order: on GKE, a spot machine that is taken back.
  Terminated: GKE_ERRORS.PREEMPTED,
  Shutdown: GKE_ERRORS.PREEMPTED,
  NodeShutdown: GKE_ERRORS.PREEMPTED,
  NodeLost: GKE_ERRORS.NODE_LOST,
  DeadlineExceeded: GKE_ERRORS.DEADLINE_EXCEEDED,
};

/** By the reason of a container that gave no code of its own. */
const CONTAINER_REASONS: Readonly<Record<string, GkeError>> = {
  ContainerStatusUnknown: GKE_ERRORS.NODE_LOST,
  StartError: GKE_ERRORS.CONFIG_ERROR,
  ContainerCannotRun: GKE_ERRORS.CONFIG_ERROR,
};

/** Why a pod failed: what was done to it first, then what its containers did. Undefined when nothing tells. */
export function failureOfPod(pod: Pod, exitCodes: Readonly<Record<string, string>>): Failure | undefined {
  return disrupted(pod) ?? endedByKubelet(pod) ?? outOfMemory(pod) ?? exited(pod, exitCodes);
}

function disrupted({ metadata, status }: Pod): Failure | undefined {
  const condition = holding(status?.conditions, 'DisruptionTarget');
  if (condition?.reason === undefined) return undefined;
  const byKubelet = condition.reason === 'TerminationByKubelet';
  const error = byKubelet
    ? (POD_REASONS[status?.reason ?? ''] ?? GKE_ERRORS.PREEMPTED)
    : DISRUPTIONS[condition.reason];
  const why = [condition.reason, status?.reason, condition.message ?? status?.message];
  return error && new Failure(error, `Pod ${metadata.name} was taken away${said(why)}.`);
}

function endedByKubelet({ metadata, status }: Pod): Failure | undefined {
  const error = POD_REASONS[status?.reason ?? ''];
  return (
    error && new Failure(error, `Pod ${metadata.name} was ended${said([status?.reason, status?.message])}.`)
  );
}

function outOfMemory(pod: Pod): Failure | undefined {
  const killed = containersOf(pod).find(({ state }) => state?.terminated?.reason === 'OOMKilled');
  return (
    killed && new Failure(GKE_ERRORS.OOM_KILLED, `Container ${killed.name} used more memory than its limit.`)
  );
}

function exited(pod: Pod, exitCodes: Readonly<Record<string, string>>): Failure | undefined {
  const container = containersOf(pod).find(({ state }) => (state?.terminated?.exitCode ?? 0) !== 0);
  const terminated = container?.state?.terminated;
  if (container === undefined || terminated === undefined) return undefined;
  const { exitCode, reason, message } = terminated;
  const byKubelet = CONTAINER_REASONS[reason ?? ''];
  const name =
    byKubelet ?? (Object.hasOwn(exitCodes, exitCode) ? exitCodes[exitCode]! : GKE_ERRORS.JOB_FAILED);
  const why = said([byKubelet && reason, message]);
  return new Failure(name, `Container ${container.name} ended with code ${exitCode}${why}.`);
}

function said(parts: readonly (string | undefined)[]): string {
  const text = parts.filter(Boolean).join(': ').trim().replace(/\.$/, '');
  return text === '' ? '' : `: ${truncate(text, 1000)}`;
}
