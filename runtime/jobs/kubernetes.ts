/* Fields that the function reads of Kubernetes objects. All are optional, because another system writes them. */

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

export interface Metadata {
  readonly name: string;
  readonly uid: string;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly { readonly uid: string; readonly controller?: boolean }[];
}

export interface Job {
  readonly metadata: Metadata;
  readonly spec?: { readonly suspend?: boolean; readonly completionMode?: string };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly active?: number;
    readonly ready?: number;
    /** Pods that are being deleted and have not ended. */
    readonly terminating?: number;
    readonly succeeded?: number;
    readonly failed?: number;
    readonly startTime?: string;
    readonly completionTime?: string;
    readonly completedIndexes?: string;
    readonly failedIndexes?: string;
  };
}

export interface Terminated {
  readonly exitCode: number;
  readonly finishedAt?: string;
  readonly reason?: string;
  readonly message?: string;
}

export interface ContainerStatus {
  readonly name: string;
  readonly state?: {
    readonly running?: object;
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly terminated?: Terminated;
  };
}

export interface Pod {
  readonly metadata: Metadata;
  readonly spec?: { readonly containers?: readonly { readonly name: string }[] };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly conditions?: readonly Condition[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** An event of type `Warning`. */
export interface WarningEvent {
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
  readonly metadata?: { readonly creationTimestamp?: string };
}

/** The newest of the warnings with one of the reasons. */
export function newestWarning(
  warnings: readonly WarningEvent[],
  reasons: readonly string[],
): WarningEvent | undefined {
  const time = ({ lastTimestamp, eventTime, metadata }: WarningEvent) =>
    Date.parse(lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? '') || 0;
  return warnings.filter(({ reason }) => reasons.includes(reason ?? '')).sort((a, b) => time(b) - time(a))[0];
}

/** A condition with status `True`. */
export function holding(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type && condition.status === 'True');
}

/** Name of the container in Jobs of a `GkeJobStep`. */
const MAIN_CONTAINER = 'job';

/** Status of the container that does the work: `job`, or the first container in a Job that was written by hand. */
export function mainContainerOf({ spec, status }: Pod): ContainerStatus | undefined {
  const names = (spec?.containers ?? status?.containerStatuses ?? []).map(({ name }) => name);
  const main = names.includes(MAIN_CONTAINER) ? MAIN_CONTAINER : names[0];
  return status?.containerStatuses?.find(({ name }) => name === main);
}

/** Status of all containers: the main container first, init containers last. */
export function containersOf(pod: Pod): readonly ContainerStatus[] {
  const main = mainContainerOf(pod);
  const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {};
  return [
    ...(main ? [main] : []),
    ...containerStatuses.filter((each) => each !== main),
    ...initContainerStatuses,
  ];
}

/** The pod that was created last. */
export function newest(pods: readonly Pod[]): Pod | undefined {
  const age = ({ metadata }: Pod) => Date.parse(metadata.creationTimestamp ?? '') || 0;
  return [...pods].sort((a, b) => age(b) - age(a))[0];
}
