import { GKE_ERRORS, type GkeError } from '../../lib/contracts/job-errors';
import { Failure } from '../shared/http/failure';
import {
  containersOf,
  mainContainerOf,
  type ContainerStatus,
  type Pod,
  type WarningEvent,
} from './kubernetes';
import { truncate } from '../shared/http/redact';

/** Reasons of a waiting container that may never start. */
const WAITING: Readonly<Record<string, GkeError>> = {
  InvalidImageName: GKE_ERRORS.IMAGE_PULL,
  ErrImagePull: GKE_ERRORS.IMAGE_PULL,
  ImagePullBackOff: GKE_ERRORS.IMAGE_PULL,
  ErrImageNeverPull: GKE_ERRORS.IMAGE_PULL,
  ImageInspectError: GKE_ERRORS.IMAGE_PULL,
  RegistryUnavailable: GKE_ERRORS.IMAGE_PULL,
  CreateContainerConfigError: GKE_ERRORS.CONFIG_ERROR,
  CreateContainerError: GKE_ERRORS.CONFIG_ERROR,
  RunContainerError: GKE_ERRORS.CONFIG_ERROR,
};

/** Warnings of the kubelet and of the volume controller about a pod whose containers are not created. */
export const MOUNT_WARNINGS = ['FailedMount', 'FailedAttachVolume'];

/** Error of a pod that has not started its main container and may never start it. */
export function stuckPod(pod: Pod, pendingSeconds: number, now: number): Failure | undefined {
  if (!isWaiting(pod)) return undefined;
  const late = isLate(pod, pendingSeconds, now);
  for (const container of containersOf(pod)) {
    const reason = container.state?.waiting?.reason ?? '';
    const name = WAITING[reason];
    // An invalid name stays invalid.
    if (name !== undefined && (late || reason === 'InvalidImageName')) return waiting(name, container);
  }
  return late ? unschedulable(pod) : undefined;
}

/** Whether the containers of a pod with a node were not created in time. A slow image pull gives the same reason. */
export function waitsForVolumes(pod: Pod, pendingSeconds: number, now: number): boolean {
  const reasons = containersOf(pod).map(({ state }) => state?.waiting?.reason);
  const creates = reasons.some((reason) => reason === 'ContainerCreating' || reason === 'PodInitializing');
  return isWaiting(pod) && creates && isLate(pod, pendingSeconds, now);
}

export function mountFailure({ metadata }: Pod, { reason, message }: WarningEvent): Failure {
  const cause = truncate([reason, message].filter(Boolean).join(': '), 1000).replace(/\.$/, '');
  return new Failure(
    GKE_ERRORS.CONFIG_ERROR,
    `A volume of pod ${metadata.name} does not mount, ${cause}. The Job was deleted.`,
    [cause],
  );
}

/** Whether the main container has not started. The state of sidecars does not count once it has. */
function isWaiting(pod: Pod): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false;
  const { running, terminated } = mainContainerOf(pod)?.state ?? {};
  return running === undefined && terminated === undefined;
}

/** The wait begins with the last transition of `PodScheduled`: a pod that got its node begins to wait for its image. */
function isLate({ metadata, status }: Pod, pendingSeconds: number, now: number): boolean {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  const start = Date.parse(scheduled?.lastTransitionTime ?? metadata.creationTimestamp ?? '');
  return now - start >= pendingSeconds * 1000;
}

function waiting(error: GkeError, { name, state }: ContainerStatus): Failure {
  const { reason, message = '' } = state?.waiting ?? {};
  const text = truncate(message, 1000);
  const why = text === '' ? '' : `: ${text}`;
  return new Failure(
    error,
    `Container ${name} does not start, ${reason}${why}. The Job was deleted.`,
    text === '' ? [] : [text],
  );
}

function unschedulable({ metadata, status }: Pod): Failure | undefined {
  const condition = status?.conditions?.find(
    ({ type, status: holds, reason }) =>
      type === 'PodScheduled' && holds === 'False' && reason === 'Unschedulable',
  );
  if (condition === undefined) return undefined;
  const why = truncate(condition.message ?? 'no node matches', 1000);
  return new Failure(
    GKE_ERRORS.UNSCHEDULABLE,
    `No node had room for pod ${metadata.name}: ${why}. The Job was deleted.`,
  );
}
