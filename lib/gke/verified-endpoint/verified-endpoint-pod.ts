import type {
  DeploymentV1SpecTemplateSpec,
  DeploymentV1SpecTemplateSpecContainer,
} from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { WithInherited } from '../../core/inherited';
import { restrictedContainerContext, restrictedPodContext } from '../../kubernetes/restricted-pod';
import { CERTIFICATE_FOLDER, CONFIGURATION_FOLDER } from './envoy/certificate';
import { drainSecondsOf } from './envoy/bootstrap';
import { DRAIN_PORT } from './envoy/drain-listener';
import { HEALTH_PATH } from './envoy/health';
import { LISTEN_PORT } from './envoy/listener';
import type { VerifiedEndpointProps } from './verified-endpoint-props';

/** File of the configuration. */
export const CONFIGURATION_FILE = 'envoy.yaml';

const USER = '10001';
const SECONDS_TO_EXIT = 10;

/** Objects of the namespace that a pod of an endpoint refers to, by name. */
export interface EndpointObjects {
  readonly configMapName: string;
  readonly serviceAccountName: string;
}

/** The pod of an endpoint, held to the Pod Security Standard "restricted". */
export function endpointPod(
  props: WithInherited<VerifiedEndpointProps>,
  { configMapName, serviceAccountName }: EndpointObjects,
  labels: Record<string, string>,
): DeploymentV1SpecTemplateSpec {
  const { tlsSecretName, nodeSelector, tolerations } = props;
  return {
    nodeSelector,
    toleration: tolerations?.map((each) => ({ ...each })),
    serviceAccountName,
    automountServiceAccountToken: false,
    // Excludes variables for every Service of the namespace from the environment.
    enableServiceLinks: false,
    terminationGracePeriodSeconds: drainSecondsOf(props) + SECONDS_TO_EXIT,
    // Host names of keys are complete, so the resolver tries no cluster suffix first.
    dnsConfig: { option: [{ name: 'ndots', value: '1' }] },
    securityContext: restrictedPodContext(USER),
    topologySpreadConstraint: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
      (topologyKey) => ({
        maxSkew: 1,
        topologyKey,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: [{ matchLabels: labels }],
      }),
    ),
    container: [container(props)],
    volume: [
      { name: 'configuration', configMap: { name: configMapName } },
      ...(tlsSecretName === undefined
        ? []
        : [{ name: 'certificate', secret: { secretName: tlsSecretName, defaultMode: '0440' } }]),
    ],
  };
}

function container(props: WithInherited<VerifiedEndpointProps>): DeploymentV1SpecTemplateSpecContainer {
  const { image, tlsSecretName } = props;
  const resources = {
    cpu: props.resources?.cpu ?? '500m',
    memory: props.resources?.memory ?? '512Mi',
    'ephemeral-storage': '256Mi',
  };
  const check = {
    httpGet: {
      path: HEALTH_PATH,
      port: String(LISTEN_PORT),
      scheme: tlsSecretName === undefined ? 'HTTP' : 'HTTPS',
    },
  };
  return {
    name: 'envoy',
    image,
    command: ['/usr/local/bin/envoy'],
    args: [
      '--config-path',
      `${CONFIGURATION_FOLDER}/${CONFIGURATION_FILE}`,
      '--concurrency',
      '2',
      '--log-level',
      'warning',
      // There is one process, and its shared memory would want a file system that can be written.
      '--disable-hot-restart',
    ],
    port: [{ name: 'main', containerPort: LISTEN_PORT, protocol: 'TCP' }],
    // Autopilot sets the limits to the requests. Equal limits keep the next plan empty.
    resources: { requests: resources, limits: resources },
    startupProbe: { ...check, periodSeconds: 2, failureThreshold: 30 },
    readinessProbe: { ...check, periodSeconds: 5 },
    livenessProbe: { ...check, periodSeconds: 10 },
    lifecycle: {
      preStop: [{ httpGet: { path: '/drain', port: String(DRAIN_PORT), scheme: 'HTTP' } }],
    },
    securityContext: restrictedContainerContext(),
    volumeMount: [
      { name: 'configuration', mountPath: CONFIGURATION_FOLDER, readOnly: true },
      ...(tlsSecretName === undefined
        ? []
        : [{ name: 'certificate', mountPath: CERTIFICATE_FOLDER, readOnly: true }]),
    ],
  };
}
