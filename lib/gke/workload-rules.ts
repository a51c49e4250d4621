import { Token } from 'cdktf';
import { acknowledgement } from '../core/justification';
import {
  all,
  boolean,
  constructLike,
  differ,
  exceeds,
  integer,
  knownAtSynth,
  list,
  matching,
  oneOf,
  optional,
  record,
  rule,
  shape,
  singleLine,
  string,
  type Report,
  type Shape,
} from '../core/rules';
import { dnsLabel, serviceName } from '../kubernetes/names';
import { labels, workloadNamespace } from '../kubernetes/namespace-and-labels';
import { workloadIdentity } from '../identity/google/workload-identity-binding-rules';
import { checkTolerations, tolerations } from '../kubernetes/toleration';
import { quantity } from '../kubernetes/quantity';
import type {
  WorkloadAcknowledgements,
  WorkloadAutoscaling,
  WorkloadProbe,
  WorkloadProps,
  WorkloadResources,
} from './workload-props';
import { imageReference, isByDigest } from '../kubernetes/image';
import { kubernetesProviderRules } from '../kubernetes/options';

const SELECTED_BY = 'app.kubernetes.io/name';

const port = integer(1, 65_535);

const probePath = matching(/^\/\S*$/, 'start with "/"', (value) =>
  /\s/.test(value) ? undefined : `Use "/${value}".`,
);

export const workloadRules: Shape<WorkloadProps> = {
  name: serviceName,
  identity: workloadIdentity,
  namespace: optional(workloadNamespace),
  awsRole: optional(
    constructLike('an AWS role that pods assume: a GkeToAwsRole', {
      namespace: 'string',
      serviceAccountName: 'string',
      environment: 'object',
      tokenVolume: 'object',
      tokenVolumeMount: 'object',
      podDependenciesIn: 'function',
    }),
  ),
  image: imageReference,
  imagePullPolicy: optional(oneOf(['Always', 'IfNotPresent'])),
  port,
  containerName: optional(dnsLabel),
  servicePort: optional(port),
  environment: optional(
    knownAtSynth(
      record(matching(/^[A-Za-z_][A-Za-z0-9_.-]*$/, 'have only letters, digits, "_", "-" and "."'), string()),
    ),
  ),
  requestReason: optional(
    all(
      singleLine(100),
      rule('have only ASCII characters, because it is sent as a header', (value) =>
        /^[\x20-\x7e]*$/.test(value as string),
      ),
    ),
  ),
  command: optional(list(string(), { min: 1 })),
  args: optional(list(string())),
  labels: optional(
    all(
      // The Workload adds the label of its selector.
      knownAtSynth(labels),
      rule(
        `not be "${SELECTED_BY}", which the Workload sets to its name`,
        (value) => !(SELECTED_BY in (value as object)),
        () => 'Omit it.',
      ),
    ),
  ),
  replicas: optional(integer(0, 1_000)),
  autoscaling: optional(
    shape<WorkloadAutoscaling>({
      minReplicas: integer(1, 1_000),
      maxReplicas: integer(1, 1_000),
      cpuPercent: optional(integer(1, 100)),
    }),
  ),
  resources: optional(
    shape<WorkloadResources>({
      cpu: optional(quantity),
      memory: optional(quantity),
      ephemeralStorage: optional(quantity),
      gpus: optional(integer(1, 16)),
      adjustedByCluster: optional(knownAtSynth(boolean)),
    }),
  ),
  probe: optional(
    shape<WorkloadProbe>({
      path: optional(probePath),
      livenessPath: optional(probePath),
      startupSeconds: optional(knownAtSynth(integer(1, 3_600))),
    }),
  ),
  userId: optional(integer(1, 4_294_967_294)),
  writableRootFilesystem: optional(boolean),
  kubernetesApiToken: optional(boolean),
  nodeSelector: optional(labels),
  tolerations: optional(tolerations),
  terminationGracePeriodSeconds: optional(integer(0, 600)),
  acknowledge: optional(shape<WorkloadAcknowledgements>({ imageByTag: acknowledgement })),
  ...kubernetesProviderRules,
};

/** Cross-property validation of a workload. */
export function workloadCrossChecks(props: WorkloadProps, report: Report): void {
  const { image, acknowledge, autoscaling, identity, namespace } = props;
  if (
    typeof image === 'string' &&
    !Token.isUnresolved(image) &&
    !isByDigest(image) &&
    acknowledge?.imageByTag === undefined
  ) {
    report({
      property: 'image',
      value: image,
      rule: 'be an image with a digest, because a tag can point to another image later',
      fix: 'Use REPOSITORY@sha256:…, or set acknowledge.imageByTag to the reason.',
    });
  }
  if (autoscaling !== undefined && props.replicas !== undefined) {
    const rule = 'be omitted when autoscaling is set';
    report({ property: 'replicas', value: props.replicas, rule, fix: 'Omit one of the two.' });
  }
  if (autoscaling !== undefined && exceeds(autoscaling.minReplicas, autoscaling.maxReplicas)) {
    const rule = `not exceed maxReplicas (${autoscaling.maxReplicas})`;
    report({
      property: 'autoscaling.minReplicas',
      value: autoscaling.minReplicas,
      rule,
      fix: 'Swap the two.',
    });
  }
  if (props.probe?.livenessPath !== undefined && props.probe.path === undefined) {
    report({
      property: 'probe.livenessPath',
      value: props.probe.livenessPath,
      rule: 'be omitted when probe.path is omitted',
      fix: 'Set probe.path for the other probes.',
    });
  }
  if (namespace !== undefined && !Token.isUnresolved(namespace) && !identity.namespaces.includes(namespace)) {
    report({
      property: 'namespace',
      value: namespace,
      rule: `be one of the namespaces of the identity: ${identity.namespaces.join(', ')}`,
      fix: 'Add the namespace to the identity, or use one of its namespaces.',
    });
  }
  checkTolerations(props.tolerations, report);
  checkAwsRole(props, report);
}

/** The AWS role trusts one Kubernetes service account, and the last of two variables with one name wins. */
function checkAwsRole({ identity, namespace, awsRole, environment }: WorkloadProps, report: Report): void {
  if (awsRole === undefined) return;
  const of = ({ namespace, serviceAccountName }: { namespace: string; serviceAccountName: string }) =>
    `${namespace}/${serviceAccountName}`;
  const own = of({
    namespace: namespace ?? identity.namespace,
    serviceAccountName: identity.serviceAccountName,
  });
  const trusted = of(awsRole);
  if (differ(own, trusted)) {
    report({
      property: 'awsRole',
      value: trusted,
      rule: `trust the service account of the pods, ${own}`,
      fix: 'Create a role for that namespace and service account.',
    });
  }
  for (const name of Object.keys(awsRole.environment)) {
    if (environment?.[name] === undefined) continue;
    report({
      property: `environment["${name}"]`,
      value: environment[name],
      rule: 'be omitted when awsRole is set, which sets it',
      fix: 'Omit it.',
    });
  }
}
