import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecContainer,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { restrictedContainerContext, restrictedPodContext } from '../kubernetes/restricted-pod';
import type { WorkloadProps } from './workload-props';

const PROBE_SECONDS = 5;

/** The pod of a workload, held to the Pod Security Standard "restricted". */
export function podOf(props: WorkloadProps, labels: Record<string, string>): DeploymentV1SpecTemplateSpec {
  const user = String(props.userId ?? 10_001);
  return {
    serviceAccountName: props.identity.serviceAccountName,
    automountServiceAccountToken: props.kubernetesApiToken ?? false,
    // Excludes variables for every Service of the namespace from the environment.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: props.terminationGracePeriodSeconds ?? 30,
    nodeSelector: props.nodeSelector,
    toleration: props.tolerations?.map((each) => ({ ...each })),
    securityContext: restrictedPodContext(user),
    topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
      (topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: [{ matchLabels: labels }],
      }),
    ),
    container: [container(props)],
    volume: [{ name: 'tmp', emptyDir: {} }, ...awsTokenVolumes(props)],
  };
}

function container(props: WorkloadProps): DeploymentV1SpecTemplateSpecContainer {
  const resources = {
    cpu: props.resources?.cpu ?? '250m',
    memory: props.resources?.memory ?? '512Mi',
    'ephemeral-storage': props.resources?.ephemeralStorage ?? '1Gi',
    ...(props.resources?.gpus !== undefined && { 'nvidia.com/gpu': String(props.resources.gpus) }),
  };
  const check = checkOf(props, props.probe?.path);
  return {
    name: props.containerName ?? props.name,
    image: props.image,
    imagePullPolicy: props.imagePullPolicy,
    command: props.command && [...props.command],
    args: props.args && [...props.args],
    port: [{ name: 'main', containerPort: props.port, protocol: 'TCP' }],
    env: [
      ...Object.entries({ ...props.environment, ...props.awsRole?.environment }).map(([name, value]) => ({
        name,
        value,
      })),
      ...requestReason(props),
    ],
    // Autopilot sets the limits to the requests. Equal limits keep the next plan empty.
    resources: { requests: resources, limits: resources },
    startupProbe: {
      ...check,
      periodSeconds: PROBE_SECONDS,
      failureThreshold: Math.ceil((props.probe?.startupSeconds ?? 60) / PROBE_SECONDS),
    },
    readinessProbe: { ...check, periodSeconds: PROBE_SECONDS },
    livenessProbe: {
      ...checkOf(props, props.probe?.livenessPath ?? props.probe?.path),
      periodSeconds: 10,
    },
    securityContext: restrictedContainerContext(props),
    volumeMount: [
      { name: 'tmp', mountPath: '/tmp' },
      ...(props.awsRole ? [{ ...props.awsRole.tokenVolumeMount }] : []),
    ],
  };
}

/** The volume of a manifest, in the blocks of the provider. */
function awsTokenVolumes({ awsRole }: WorkloadProps) {
  if (awsRole === undefined) return [];
  const { name, projected } = awsRole.tokenVolume;
  return [{ name, projected: [{ sources: [...projected.sources] }] }];
}

/** Workload and reason in one line, because audit logs of Google do not name the pod. */
function requestReason({ name, requestReason: reason }: WorkloadProps) {
  if (reason === undefined) return [];
  const field = (fieldPath: string) => ({ valueFrom: { fieldRef: { fieldPath } } });
  return [
    { name: 'POD_NAMESPACE', ...field('metadata.namespace') },
    { name: 'POD_NAME', ...field('metadata.name') },
    // Kubernetes puts in the two variables above.
    { name: 'REQUEST_REASON', value: `service=${name};pod=$(POD_NAMESPACE)/$(POD_NAME);reason=${reason}` },
  ];
}

function checkOf({ port }: WorkloadProps, path: string | undefined) {
  return path === undefined
    ? { tcpSocket: [{ port: String(port) }] }
    : { httpGet: { path, port: String(port) } };
}
