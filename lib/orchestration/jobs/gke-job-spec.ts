import { TASK_TOKEN, type JobSpec, type PodSpec } from '../../contracts/jobs';
import { restrictedContainerContext, restrictedPodContext } from '../../kubernetes/restricted-pod';
import type { GkeJobStepProps } from './gke-job-step-props';
import { environmentVariables } from '../targets/container';

/** Name of the container. Logs and the rules for exit codes contain it. */
const CONTAINER = 'job';

const DEFAULT_USER = 10_001;

const ONE_DAY = 86_400;

/** A `batch/v1` Job without the fields that the function adds. */
export interface JobManifest {
  readonly metadata: {
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };
  readonly spec: JobSpec;
}

/** Options of one Job of a step. */
export interface JobOptions {
  readonly deadlineSeconds: number;
  /** Memory of the container, where it is not that of the step. */
  readonly memory?: string;
  /** Whether the container reports with a task token. */
  readonly callback: boolean;
}

/**
 * The Job of a step, held to the Pod Security Standard "restricted". Kubernetes tries nothing again: that is for the
 * state machine, which knows the error by name.
 */
export function jobManifestOf(
  props: GkeJobStepProps,
  { deadlineSeconds, memory, callback }: JobOptions,
): JobManifest {
  const queue = props.queue ?? props.target.queue;
  return {
    metadata: {
      labels: { ...props.labels, ...(queue === undefined ? {} : { 'kueue.x-k8s.io/queue-name': queue }) },
      annotations: { ...props.annotations },
    },
    spec: {
      ...indexes(props),
      activeDeadlineSeconds: deadlineSeconds,
      ttlSecondsAfterFinished: props.ttlSeconds ?? ONE_DAY,
      // Kueue lets it go when there is room; until then the API server makes no pod.
      ...(queue === undefined ? {} : { suspend: true }),
      ...failurePolicy(props),
      template: {
        metadata: { labels: { ...props.labels }, annotations: { ...props.annotations } },
        spec: pod(props, memory, callback),
      },
    },
  };
}

function indexes({ indexed }: GkeJobStepProps): object {
  if (indexed === undefined) return { backoffLimit: 0 };
  const { completions, parallelism, retriesPerIndex = 0, maxFailedIndexes = 0 } = indexed;
  return {
    completionMode: 'Indexed',
    completions,
    parallelism: parallelism ?? completions,
    backoffLimitPerIndex: retriesPerIndex,
    maxFailedIndexes,
  };
}

/**
 * With a policy, the condition of the Job keeps container and exit code after the deletion of the pods. An index that
 * lost its node is recreated, so that one machine does not end the work of thousands.
 */
function failurePolicy({ exitCodes, indexed }: GkeJobStepProps): object {
  const values = Object.keys(exitCodes ?? {}).map(Number);
  const rules = [
    ...(indexed === undefined
      ? []
      : [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }]),
    ...(values.length === 0
      ? []
      : [
          {
            action: indexed === undefined ? 'FailJob' : 'FailIndex',
            onExitCodes: { containerName: CONTAINER, operator: 'In', values },
          },
        ]),
  ];
  return rules.length === 0 ? {} : { podFailurePolicy: { rules } };
}

function pod(props: GkeJobStepProps, memory: string | undefined, callback: boolean): PodSpec {
  const { target, awsRole } = props;
  const user = props.userId ?? DEFAULT_USER;
  return {
    restartPolicy: 'Never',
    serviceAccountName: target.serviceAccountName,
    automountServiceAccountToken: false,
    // Every Service of the namespace would otherwise be in the environment.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds ?? 30,
    ...(props.nodeSelector && { nodeSelector: { ...props.nodeSelector } }),
    ...(props.tolerations && { tolerations: props.tolerations.map((each) => ({ ...each })) }),
    securityContext: restrictedPodContext(user),
    containers: [container(props, memory, callback)],
    volumes: [{ name: 'tmp', emptyDir: {} }, ...(awsRole ? [awsRole.tokenVolume] : [])],
  };
}

function container(props: GkeJobStepProps, memory: string | undefined, callback: boolean): object {
  const { awsRole } = props;
  const amounts = {
    cpu: props.resources?.cpu ?? '500m',
    memory: memory ?? props.resources?.memory ?? '1Gi',
    'ephemeral-storage': props.resources?.ephemeralStorage ?? '1Gi',
    ...(props.resources?.gpus === undefined ? {} : { 'nvidia.com/gpu': String(props.resources.gpus) }),
  };
  return {
    name: CONTAINER,
    image: props.image,
    ...(props.command && { command: [...props.command] }),
    ...(props.args && { args: [...props.args] }),
    ...(props.argsPath === undefined ? {} : { 'args.$': props.argsPath }),
    env: [
      ...environmentVariables(props.environment ?? {}),
      ...environmentVariables(awsRole?.environment ?? {}),
      ...(callback
        ? environmentVariables({ [TASK_TOKEN.variable]: `${TASK_TOKEN.folder}/${TASK_TOKEN.file}` })
        : []),
    ],
    resources: { requests: amounts, limits: amounts },
    // What a container wrote last says more than nothing, where it wrote no termination message.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: restrictedContainerContext(props),
    volumeMounts: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(awsRole ? [awsRole.tokenVolumeMount] : []),
      ...(callback ? [{ name: TASK_TOKEN.volume, mountPath: TASK_TOKEN.folder, readOnly: true }] : []),
    ],
  };
}
