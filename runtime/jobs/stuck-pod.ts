import { GKE_ERRORS, type GkeError } from '../../lib/contracts/job-errors';
import { Failure } from '../shared/http/failure';
import { containersOf, type ContainerStatus, type Pod } from './kubernetes';
import { truncate } from '../shared/http/redact';

/** What a container waits for that may not come. */
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

/** Why a pod that has not ended will not begin either, if so. */
export function stuck(pod: Pod, pendingSeconds: number, now: number): Failure | undefined {
  if (pod.metadata.deletionTimestamp !== undefined) return undefined;
  const waited = (now - Date.parse(pod.metadata.creationTimestamp ?? '')) / 1000;
  const late = waited >= pendingSeconds;
  for (const container of containersOf(pod)) {
    const reason = container.state?.waiting?.reason ?? '';
    const name = WAITING[reason];
    // A name that is no name does not become one.
    if (name !== undefined && (late || reason === 'InvalidImageName')) return waiting(name, container);
  }
  return late ? unschedulable(pod) : undefined;
}

function waiting(error: GkeError, { name, state }: ContainerStatus): Failure {
  const { reason, message = '' } = state?.waiting ?? {};
  const why = message === '' ? '' : `: ${truncate(message, 1000)}`;
  return new Failure(error, `Container ${name} does not start, ${reason}${why}. The Job was deleted.`);
}

function unschedulable({ metadata, status }: Pod): Failure | undefined {
  const condition = status?.conditions?.find(
    ({ type, status: holds, reason }) =>
      type === 'PodScheduled' && holds === 'False' && reason === 'Unschedulable',
  );
  if (condition === undefined) return undefined;
  const why = truncate(condition.message ?? 'no node is fit', 1000);
  return new Failure(
    GKE_ERRORS.UNSCHEDULABLE,
    `No node had room for pod ${metadata.name}: ${why}. The Job was deleted.`,
  );
}
